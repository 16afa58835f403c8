"""The address of the page about pay."""

from django.urls import path

from jobboard.pay import views

urlpatterns = [path("jobs/pay/", views.pay, name="pay")]
