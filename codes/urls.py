"""Addresses of the code reference."""

from django.urls import path

from codes import feeds
from codes.views import browse, changes, compare, crosswalk, edits, own, page, pcs, releases, search, taken, terms

app_name = "codes"
urlpatterns = [
    path("case2code/", search.search, name="search"),
    path("codes/", browse.index, name="index"),
    path("codes/cpt/license/", terms.read, name="license"),
    path("codes/cpt/license/accept/", terms.accept, name="license_accept"),
    path("codes/compare/", compare.compare, name="compare"),
    path("codes/releases/", releases.index, name="releases"),
    path("codes/icd-10-pcs/", pcs.index, name="pcs_index"),
    path("codes/icd-10-pcs/<str:written>/", pcs.show, name="pcs"),
    path("codes/icd-10-pcs/<str:written>", pcs.show),  # without the slash: one redirect to the one form
    path("codes/<str:system>/", browse.system, name="system"),
    path("codes/<str:system>/changes.atom", feeds.system_feed, name="system_feed"),
    path("codes/<str:system>/chapters/<slug:slug>/", browse.heading, name="heading"),
    path("codes/<str:system>/<str:written>/changes.atom", feeds.code_feed, name="code_feed"),
    path("codes/<str:system>/<str:written>/changes/", changes.show, name="changes"),
    path("codes/<str:system>/<str:written>/checklist/", taken.checklist, name="checklist"),
    path("codes/<str:system>/<str:written>/crosswalk/", crosswalk.show, name="crosswalk"),
    path("codes/<str:system>/<str:written>/edits/", edits.show, name="edits"),
    path("codes/<str:system>/<str:written>/pdf/", taken.pdf, name="pdf"),
    path("codes/<str:system>/<str:written>/", page.show, name="code"),
    path("codes/<str:system>/<str:written>", page.show),  # without the slash: one redirect to the one form
    path("me/codes/", own.index, name="own"),
    path("me/codes/folders/add/", own.folder_add, name="folder_add"),
    path("me/codes/folders/<int:pk>/", own.folder, name="folder"),
    path("me/codes/folders/<int:pk>/delete/", own.folder_delete, name="folder_delete"),
    path("me/codes/read/clear/", own.read_clear, name="read_clear"),
    path("me/codes/read/switch/", own.read_switch, name="read_switch"),
    path("me/codes/<str:system>/<str:written>/note/", own.note, name="note"),
    path("me/codes/<str:system>/<str:written>/read/", own.read, name="read"),
    path("me/codes/<str:system>/<str:written>/star/", own.star, name="star"),
    path("me/codes/<str:system>/<str:written>/unstar/", own.unstar, name="unstar"),
]
