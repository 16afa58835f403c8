from django.apps import AppConfig


class CodesConfig(AppConfig):
    name = "codes"
    verbose_name = "Codes"

    def ready(self) -> None:
        """Hand people what is kept of them here; deleting their account takes it along."""
        from accounts import privacy
        from codes import licensed, own

        privacy.register("code_notes", export=own.notes)
        privacy.register("code_folders", export=own.folders)
        privacy.register("favorite_codes", export=own.favorites)
        privacy.register("codes_read", export=own.readings)
        privacy.register("cpt_license", export=licensed.kept_of)
