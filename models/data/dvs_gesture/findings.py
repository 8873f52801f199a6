"""What is noticed about a data set: notes to know of, and problems that make it unusable."""

from __future__ import annotations

from dataclasses import dataclass

COPY_AGAIN = "copy it again from the archive"


@dataclass(frozen=True, slots=True)
class Finding:
    """``text`` goes on where the name ``file`` ends; ``remedy`` is what to do about a problem."""

    file: str
    text: str
    remedy: str | None = None

    @property
    def is_problem(self) -> bool:
        return self.remedy is not None

    @property
    def sentence(self) -> str:
        end = f"; {self.remedy}" if self.remedy else ""
        return f"{self.file} {self.text}{end}"


class DataSetError(Exception):
    """The data set cannot be used; the message is one sentence with the file and the remedy."""

    def __init__(self, file: str, text: str, remedy: str = COPY_AGAIN) -> None:
        self.finding = Finding(file, text, remedy)
        super().__init__(self.finding.sentence)
