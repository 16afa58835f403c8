"""What was noticed about a posting, what its text is like, what people report, and reasons ready to use."""

from jobboard.moderation.models.fingerprint import Fingerprint
from jobboard.moderation.models.pay_range import PayRange
from jobboard.moderation.models.reason import Reason
from jobboard.moderation.models.report import Report
from jobboard.moderation.models.signal import Signal

__all__ = ["Fingerprint", "PayRange", "Reason", "Report", "Signal"]
