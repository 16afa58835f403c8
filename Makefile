# make run       the whole product on http://localhost:8000, with its own database and broker
# make test      everything that must hold before a change is finished
# PORT and VAR_DIR let a second site run beside the first; docs/configuration.md lists all settings.

BIN := .venv/bin
VAR := $(or $(VAR_DIR),var)
STEP = @printf '\n== %s\n'

.PHONY: bootstrap run test checks unit test-external bench
.NOTPARALLEL:

bootstrap:
	@./bootstrap.sh

run: bootstrap
	@exec $(BIN)/python -m jobboard.start

test: bootstrap checks unit
	$(STEP) 'All good'

checks:
	$(STEP) 'Lint'
	@$(BIN)/ruff check .
	$(STEP) 'Format'
	@$(BIN)/ruff format --check .
	$(STEP) 'Templates'
	@$(BIN)/djlint --lint --quiet templates
	$(STEP) 'Import directions'
	@$(BIN)/lint-imports --no-logo
	$(STEP) 'Types'
	@$(BIN)/mypy .
	$(STEP) 'Migrations are complete'
	@VAR_DIR='$(VAR)/test' $(BIN)/python manage.py makemigrations --check --dry-run
	$(STEP) 'Production settings'
	@VAR_DIR='$(VAR)/test' PRODUCTION=1 ALLOWED_HOSTS=jobs.example SITE_URL=https://jobs.example \
		SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

unit:
	$(STEP) 'Tests'
	@$(BIN)/python -m pytest -n 2 $(TESTS)

# The tests on a PostgreSQL (15 or later) and a broker of your own; nothing embedded starts for them.
test-external: bootstrap
	@test -n '$(DATABASE_URL)' || { echo 'Say on what: make test-external DATABASE_URL=postgresql://... CELERY_BROKER_URL=amqp://...'; exit 1; }
	$(STEP) 'Tests on $(DATABASE_URL) $(CELERY_BROKER_URL)'
	@$(BIN)/python -m pytest -n 2 -m 'not browser' $(TESTS)

bench: bootstrap
	@$(BIN)/python -m bench.run
