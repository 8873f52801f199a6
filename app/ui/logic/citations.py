"""The work that this program rests on, to be cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.ui.logic.language import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Citation:
    """A published work; ``what`` says what of it is in here, ``where`` is BibTeX's own fields."""

    key: str
    kind: str
    what: str
    authors: str
    title: str
    year: int
    where: tuple[tuple[str, str], ...]

    @property
    def bibtex(self) -> str:
        """The entry, as a file of BibTeX has it."""
        fields = [("author", self.authors), ("title", f"{{{self.title}}}"), *self.where]
        lines = [f"  {name} = {{{value}}}," for name, value in [*fields, ("year", str(self.year))]]
        return "\n".join([f"@{self.kind}{{{self.key},", *lines, "}"])

    @property
    def line(self) -> str:
        """``Amir et al. 2017. A Low Power, … . CVPR.``"""
        first, *others = [name.split(",")[0] for name in self.authors.split(" and ")]
        who = f"{first} et al." if len(others) > 1 else " & ".join([first, *others])
        return f"{who} ({self.year}): {self.title}. {self.where[0][1]}."


CITATIONS = (
    Citation(
        "amir2017gesture", "inproceedings",
        QT_TRANSLATE_NOOP("window", "DVS128 Gesture, the data set whose eleven classes are known"),
        "Amir, Arnon and Taba, Brian and Berg, David and Melano, Timothy and McKinstry, Jeffrey "
        "and others",
        "A Low Power, Fully Event-Based Gesture Recognition System", 2017,
        (("booktitle", "CVPR"), ("pages", "7388--7397"), ("doi", "10.1109/CVPR.2017.781")),
    ),
    Citation(
        "esser2016eedn", "article",
        QT_TRANSLATE_NOOP("window", "Eedn, the network for TrueNorth"),
        "Esser, Steven K. and Merolla, Paul A. and Arthur, John V. and others",
        "Convolutional Networks for Fast, Energy-Efficient Neuromorphic Computing", 2016,
        (("journal", "PNAS"), ("volume", "113"), ("number", "41"), ("pages", "11441--11446"),
         ("doi", "10.1073/pnas.1604850113")),
    ),
    Citation(
        "shrestha2018slayer", "inproceedings",
        QT_TRANSLATE_NOOP("window", "SLAYER, learning with delays through time"),
        "Shrestha, Sumit Bam and Orchard, Garrick",
        "SLAYER: Spike Layer Error Reassignment in Time", 2018,
        (("booktitle", "Advances in Neural Information Processing Systems 31"),
         ("pages", "1412--1421")),
    ),
    Citation(
        "kaiser2020decolle", "article",
        QT_TRANSLATE_NOOP("window", "DECOLLE, learning from local errors"),
        "Kaiser, Jacques and Mostafa, Hesham and Neftci, Emre",
        "Synaptic Plasticity Dynamics for Deep Continuous Local Learning (DECOLLE)", 2020,
        (("journal", "Frontiers in Neuroscience"), ("volume", "14"), ("pages", "424"),
         ("doi", "10.3389/fnins.2020.00424")),
    ),
    Citation(
        "tran2015c3d", "inproceedings",
        QT_TRANSLATE_NOOP("window", "C3D, convolutions in space and time without spikes"),
        "Tran, Du and Bourdev, Lubomir and Fergus, Rob and Torresani, Lorenzo and Paluri, Manohar",
        "Learning Spatiotemporal Features with 3D Convolutional Networks", 2015,
        (("booktitle", "ICCV"), ("pages", "4489--4497"), ("doi", "10.1109/ICCV.2015.510")),
    ),
    Citation(
        "gerstner2002spiking", "book",
        QT_TRANSLATE_NOOP("window", "The spike response model of the microscope"),
        "Gerstner, Wulfram and Kistler, Werner M.",
        "Spiking Neuron Models: Single Neurons, Populations, Plasticity", 2002,
        (("publisher", "Cambridge University Press"),),
    ),
    Citation(
        "hodgkin1952quantitative", "article",
        QT_TRANSLATE_NOOP("window", "The neuron with ion channels of the microscope"),
        "Hodgkin, Alan L. and Huxley, Andrew F.",
        "A Quantitative Description of Membrane Current and its Application to Conduction and "
        "Excitation in Nerve", 1952,
        (("journal", "The Journal of Physiology"), ("volume", "117"), ("number", "4"),
         ("pages", "500--544"), ("doi", "10.1113/jphysiol.1952.sp004764")),
    ),
    Citation(
        "gallego2022event", "article",
        QT_TRANSLATE_NOOP("window", "Event cameras: how they work and what is done with them"),
        "Gallego, Guillermo and Delbr{\\\"u}ck, Tobi and Orchard, Garrick and others",
        "Event-Based Vision: A Survey", 2022,
        (("journal", "IEEE Transactions on Pattern Analysis and Machine Intelligence"),
         ("volume", "44"), ("number", "1"), ("pages", "154--180"),
         ("doi", "10.1109/TPAMI.2020.3008413")),
    ),
    Citation(
        "pedersen2024nir", "article",
        QT_TRANSLATE_NOOP("window", "NIR, the file format of spiking networks"),
        "Pedersen, Jens E. and Abreu, Steven and Jobst, Matthias and others",
        "Neuromorphic Intermediate Representation: A Unified Instruction Set for Interoperable "
        "Brain-Inspired Computing", 2024,
        (("journal", "Nature Communications"), ("volume", "15"), ("pages", "8122"),
         ("doi", "10.1038/s41467-024-52259-9")),
    ),
)  # fmt: skip


def as_bibtex(citations: Sequence[Citation] = CITATIONS) -> str:
    """All of them, as a file of BibTeX."""
    return "\n\n".join(each.bibtex for each in citations) + "\n"
