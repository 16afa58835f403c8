from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "jobboard.imports"
    verbose_name = "Imports"

    def ready(self) -> None:
        """Lead to our pages from an employer's list of postings, and hand people what is kept of them here."""
        from accounts import privacy
        from jobboard import slots
        from jobboard.imports import owned
        from jobboard.imports.links import on_the_hiring_page

        slots.register("hiring-more-links", on_the_hiring_page)
        privacy.register("uploads", export=owned.uploads)
        privacy.register("api_keys", export=owned.keys)
