from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "jobboard.screening"
    verbose_name = "Screening"

    def ready(self) -> None:
        """Ask with the application, show the answers beside it, and go along with copies of a posting."""
        from accounts import privacy
        from jobboard import slots
        from jobboard.applications import columns, extras, standing_out
        from jobboard.postings import along, readers, steps
        from jobboard.screening import asking, beside, exporting, models, owned

        privacy.register("screening_answers", export=owned.answers)
        extras.register(asking.asked)
        columns.register(exporting.columns)
        standing_out.register(beside.on_cards, answers=beside.AS_NEEDED_FIRST)
        along.register("screening", models.taken, models.give)
        readers.register_words(models.words)
        steps.register(
            steps.Step(
                "questions",
                "Questions",
                "What you ask of candidates.",
                address="questions",
                note=beside.in_short,
            )
        )
        slots.register("hiring-aside", beside.on_posting)
        slots.register("desk-posting", beside.for_staff)
        slots.register("hiring-application", beside.for_team)
        slots.register("sent-application", beside.for_candidate)
