"""The Django app as Creme knows it."""

from creme.creme_core.apps import CremeAppConfig


class SamspilConfig(CremeAppConfig):
    """A Creme app with its own right: an administrator ticks "Samspil" in each role that may sign in by it."""

    default = True
    name = "samspil_creme"
    verbose_name = "Samspil"
    dependencies = ("creme.persons", "creme.activities")
    credentials = CremeAppConfig.CRED_REGULAR

    @property
    def url_root(self) -> str:
        """Where Creme's root urls.py hangs ours."""
        return "samspil/"
