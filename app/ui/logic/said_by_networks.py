"""What networks, their files and those who teach them say; see ``heard``."""

from __future__ import annotations

from app.ui.logic.language import QT_TRANSLATE_NOOP

SAID_BY_NETWORKS = (
    QT_TRANSLATE_NOOP("window", "expected a model file, but {0} does not exist"),
    QT_TRANSLATE_NOOP("window", "expected a model file, but {0} is {1}"),
    QT_TRANSLATE_NOOP("window", "a folder"),
    QT_TRANSLATE_NOOP("window", "not an ordinary file"),
    QT_TRANSLATE_NOOP("window", "expected a model file of at most {0} bytes, got {1}"),
    QT_TRANSLATE_NOOP(
        "window",
        "expected a model file of this program, got the NIR graph {0}, which can only be run: "
        "recognize, evaluate and the window take it",
    ),
    QT_TRANSLATE_NOOP("window", "the model file {0} is damaged or not a model"),
    QT_TRANSLATE_NOOP(
        "window",
        "the model file {0} is damaged: its checksum does not fit its weights",
    ),
    QT_TRANSLATE_NOOP(
        "window",
        "the model file {0} is damaged: its checksum does not fit its description",
    ),
    QT_TRANSLATE_NOOP("window", "the model file {0} holds weights that are no numbers, in {1}"),
    QT_TRANSLATE_NOOP("window", "{0} is not a Spikehand model of format {1}"),
    QT_TRANSLATE_NOOP("window", "the model {0} does not fit this program: {1}"),
    QT_TRANSLATE_NOOP("window", "the model's weights do not fit its system: {0}"),
    QT_TRANSLATE_NOOP("window", "the model's weights do not fit its system: no {0}"),
    QT_TRANSLATE_NOOP("window", "the model's numbers do not fit its system: {0}"),
    QT_TRANSLATE_NOOP("window", "cannot read the NIR file {0}: {1}"),
    QT_TRANSLATE_NOOP("window", "expected a NIR file of at most {0} bytes, got {1}"),
    QT_TRANSLATE_NOOP("window", "expected one {0} in the graph {1}, got {2}"),
    QT_TRANSLATE_NOOP("window", "expected edges between the nodes of the graph, got one of {0}"),
    QT_TRANSLATE_NOOP("window", "expected at most {0} nodes and {1} edges"),
    QT_TRANSLATE_NOOP("window", "it took too long"),
    QT_TRANSLATE_NOOP("window", "it is damaged, or no HDF5 file"),
    QT_TRANSLATE_NOOP("window", "it is damaged, its reader took too long or died of it"),
    QT_TRANSLATE_NOOP("window", "it has no group {0}, as NIR has"),
    QT_TRANSLATE_NOOP("window", "its groups lie too deep in each other"),
    QT_TRANSLATE_NOOP("window", "it holds more than {0} things"),
    QT_TRANSLATE_NOOP("window", "it holds more than {0} bytes or {1} texts"),
    QT_TRANSLATE_NOOP("window", "it holds a text of {0} letters"),
    QT_TRANSLATE_NOOP("window", "{0} lies in another file"),
    QT_TRANSLATE_NOOP("window", "{0} is of the type {1}"),
    QT_TRANSLATE_NOOP(
        "window",
        "the graph was changed since this program wrote it: another checksum",
    ),
    QT_TRANSLATE_NOOP("window", "expected a graph of system {0}, got one of {1}"),
    QT_TRANSLATE_NOOP("window", "expected a graph of the network {0}: {1}"),
    QT_TRANSLATE_NOOP("window", "expected a NIR graph of nodes and edges, but {0} is amiss"),
    QT_TRANSLATE_NOOP("window", "expected a graph with one {0}, got {1}"),
    QT_TRANSLATE_NOOP("window", "expected a way from the input of the graph to its output {0}"),
    QT_TRANSLATE_NOOP("window", "expected an Input node with a shape"),
    QT_TRANSLATE_NOOP(
        "window",
        "expected an input of one or two polarities on a square of at most {0} x {1}, got the "
        "shape {2}",
    ),
    QT_TRANSLATE_NOOP("window", "cannot run {0}, only {1}"),
    QT_TRANSLATE_NOOP("window", "cannot run {0}: it has no {1}"),
    QT_TRANSLATE_NOOP("window", "cannot run {0}: {1}"),
    QT_TRANSLATE_NOOP("window", "cannot run the graph: {0}"),
    QT_TRANSLATE_NOOP(
        "window",
        "cannot run the graph: up to its node {0} it takes more than {1} multiplications or {2}"
        " values a tick",
    ),
    QT_TRANSLATE_NOOP("window", "cannot tell how long a tick of the graph is: {0}"),
    QT_TRANSLATE_NOOP("window", "the node {0} of the type {1}"),
    QT_TRANSLATE_NOOP("window", "the node {0} holds values that are no numbers, in {1}"),
    QT_TRANSLATE_NOOP("window", "the shapes that meet at the node {0} differ: {1}"),
    QT_TRANSLATE_NOOP("window", "nothing reaches the node {0} of the graph"),
    QT_TRANSLATE_NOOP("window", "expected a tick that divides {0} us, got {1} us"),
    QT_TRANSLATE_NOOP("window", "expected a network of the system {0}, got {1}"),
    QT_TRANSLATE_NOOP("window", "expected a name of 1 to 40 letters, got {0}"),
    QT_TRANSLATE_NOOP("window", "expected a name that the network does not know yet, got {0}"),
    QT_TRANSLATE_NOOP("window", "expected a gesture that the network knows, got {0}"),
    QT_TRANSLATE_NOOP("window", "expected a taught gesture, got {0}"),
    QT_TRANSLATE_NOOP("window", "cannot forget {0}, of which another class is the mirror image"),
    QT_TRANSLATE_NOOP("window", "expected at most {0} taught gestures"),
    QT_TRANSLATE_NOOP("window", "expected at least {0} ticks of a gesture, got {1}"),
    QT_TRANSLATE_NOOP("window", "expected what a network rehearses in {0}: {1}"),
    QT_TRANSLATE_NOOP(
        "window",
        "expected a network that {0} was made with, got another one: make it anew with teach "
        "--rehearse",
    ),
)
