"""Forms: `entrance` is what django-allauth's pages ask, `profile` what a person tells of themselves."""
