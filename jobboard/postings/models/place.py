"""Where the work of a posting is done: an address as it is written, and the spot on the map that it means."""

from django.core.validators import RegexValidator
from django.db import models

from accounts.vocabulary import STATE_CHOICES
from jobboard.places.models import locate
from jobboard.places.sphere import point_column
from jobboard.postings.vocabulary import Workplace

ZIP_CODE = RegexValidator(r"\A\d{5}\Z", "A ZIP code has five digits.")


class OnTheMap(models.Model):
    """The columns of the place. Remote work has none, whatever city its employer writes."""

    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, choices=STATE_CHOICES, blank=True)
    postal_code = models.CharField("ZIP code", max_length=5, blank=True, validators=[ZIP_CODE])
    latitude = models.FloatField(null=True, editable=False, help_text="Where the ZIP code or the city is, in degrees.")
    longitude = models.FloatField(null=True, editable=False)
    point = point_column("latitude", "longitude")

    workplace: models.CharField

    class Meta:
        abstract = True

    def find_on_the_map(self) -> None:
        """Set the coordinates, as far as the place is known."""
        place = None if self.workplace == Workplace.REMOTE else locate(self.city, self.state, self.postal_code)
        self.latitude, self.longitude = (place.latitude, place.longitude) if place else (None, None)
