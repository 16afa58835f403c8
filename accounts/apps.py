from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Hand people what is kept of them here, and forget it with their account."""
        from accounts import owned, privacy

        privacy.register("account", export=owned.account, forget=owned.forget)
        privacy.register("sign_ins", export=owned.sign_ins)
        privacy.register("ways_to_sign_in", export=owned.ways_to_sign_in)
        privacy.register("profile", export=owned.profile)
        privacy.register("code_pages", export=owned.code_pages)
