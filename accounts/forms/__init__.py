"""Forms: of django-allauth's pages (`entrance`, `passkeys`), and of what a person tells of themselves (`profile`)."""
