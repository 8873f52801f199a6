"""What the microscope says, in English and Korean side by side."""

from __future__ import annotations

from models.neurons.single import Constants, Hh, If, Lif, Srm

LANGUAGES = {"en": 0, "ko": 1}

Pair = tuple[str, str]

TITLE: Pair = ("Neuron microscope", "뉴런 현미경")
OTHER_LANGUAGE: Pair = ("한국어", "English")
LOOK_AT: Pair = ("Look at", "관찰 대상")
PIXELS: Pair = ("Pixels of the picture", "화면의 픽셀")
OUTPUT: Pair = ("Output: {0}", "출력: {0}")
HIDDEN: Pair = ("Hidden layer: {0}", "은닉층: {0}")
SIDE: Pair = ("side ", "한 변 ")
NUMBER: Pair = ("neuron ", "뉴런 ")
SPAN_TIP: Pair = ("How much of the past is shown", "표시할 시간 길이")
FIT: Pair = ("Fit", "맞춤")
FIT_TIP: Pair = (
    "Choose the gain so that the neurons fire now and then",
    "뉴런이 가끔 발화하도록 이득을 맞춥니다",
)
RESET: Pair = ("Reset", "초기화")
RESET_TIP: Pair = ("All values as in the beginning", "모든 값을 처음으로 되돌립니다")
HINT: Pair = (
    "Click in the picture or on a row of spikes",
    "화면이나 스파이크의 한 줄을 클릭해 보세요",
)
WAITING: Pair = ("Waiting for events …", "이벤트를 기다리는 중 …")
NO_NETWORK: Pair = (
    "The network is not there yet, or it is being loaded …",
    "신경망이 아직 없거나 불러오는 중입니다 …",
)
NO_MEMBRANE: Pair = (
    "{0} has no membrane to look at here: it does not compute with spikes, or does not tell",
    "{0}에는 관찰할 막전위가 없습니다: 스파이크로 계산하지 않거나 알려 주지 않습니다",
)
INPUT: Pair = ("Input", "입력")
PATCH_INPUT: Pair = (
    "Events in {0} × {0} pixels around ({1}, {2}), per millisecond. Each event is a small kick, "
    "the same for all neurons below.",
    "({1}, {2}) 주변 {0} × {0} 픽셀의 1밀리초당 이벤트 수. 이벤트 하나가 아래 모든 뉴런을 똑같이 "
    "조금씩 자극합니다.",
)
NEURON_INPUT: Pair = (
    "Charge that synapses bring to this neuron, per millisecond; below zero they hold it back. "
    "The four neurons below get the same.",
    "시냅스가 이 뉴런에 1밀리초마다 전하는 전하량. 0보다 작으면 억제입니다. 아래 네 뉴런도 같은 "
    "입력을 받습니다.",
)
GAIN: Pair = ("gain ", "이득 ")
GAIN_TIP: Pair = (
    "By how much one event, or one unit of charge, lifts a membrane that loses nothing",
    "이벤트 하나(또는 전하 1단위)가 새지 않는 막전위를 얼마나 올리는지",
)
NETWORK_NEURON: Pair = ("In the network", "신경망 속 뉴런")
NETWORK_WORDS: Pair = (
    "The neuron you chose, as it is while the network recognises.",
    "선택한 뉴런이 인식 중에 실제로 보이는 막전위입니다.",
)
RATE: Pair = ("{0} spikes/s", "초당 {0}회 발화")
MEMBRANE: Pair = ("membrane", "막전위")
THRESHOLD_LINE: Pair = ("threshold", "문턱값")
SPIKES: Pair = ("spike", "스파이크")
RESTING: Pair = ("refractory time", "불응기")
AGO: Pair = ("seconds before now", "현재로부터 초")

NAMES: dict[type[Constants], Pair] = {
    If: ("Integrate and fire (IF)", "적분-발화 (IF)"),
    Lif: ("Leaky integrate and fire (LIF)", "누설 적분-발화 (LIF)"),
    Srm: ("Spike response (SRM)", "스파이크 반응 (SRM)"),
    Hh: ("Hodgkin-Huxley", "호지킨-헉슬리"),
}
WORDS: dict[type[Constants], Pair] = {
    If: (
        "Adds up what comes in and forgets nothing. At the threshold it fires and begins again.",
        "들어온 자극을 잊지 않고 모두 더합니다. 문턱값에 이르면 발화하고 다시 시작합니다.",
    ),
    Lif: (
        "Adds up, too, but leaks: only input that comes close together makes it fire. Then it "
        "rests. Our default network is made of such neurons.",
        "더하지만 조금씩 샙니다. 짧은 시간에 모인 입력만 발화를 일으키고, 그 뒤 잠시 쉽니다. "
        "기본 신경망이 이런 뉴런으로 되어 있습니다.",
    ),
    Srm: (
        "Every input raises a smooth bump, every spike of its own digs a hole. The membrane is "
        "their sum. SLAYER learns with such neurons.",
        "입력마다 완만한 봉우리가, 자신의 스파이크마다 골이 생기고, 막전위는 그 합입니다. "
        "SLAYER가 이 뉴런으로 학습합니다.",
    ),
    Hh: (
        "A real nerve, the giant axon of a squid: ion channels open and close. It has no set "
        "threshold; spike and rest come about by themselves.",
        "실제 신경, 오징어의 거대 축삭입니다. 이온 통로가 열리고 닫힙니다. 정해진 문턱값은 없고 "
        "발화와 휴식이 저절로 생깁니다.",
    ),
}
# By the name of a constant: its short word before the number, and what it is.
CONSTANTS: dict[str, tuple[Pair, Pair]] = {
    "threshold_mv": (
        ("threshold ", "문턱값 "),
        ("How far above rest the membrane fires", "막전위가 휴지 전위보다 이만큼 높으면 발화"),
    ),
    "tau_ms": (
        ("leak ", "누설 "),
        (
            "Time constant of the leak: after this time 37 % of a kick is left",
            "누설 시상수: 이 시간이 지나면 자극의 37%가 남습니다",
        ),
    ),
    "refractory_ms": (
        ("rest ", "휴식 "),
        (
            "Refractory time: so long after a spike nothing can make it fire",
            "불응기: 발화 뒤 이 시간 동안은 발화할 수 없습니다",
        ),
    ),
    "tau_s_ms": (
        ("rise ", "상승 "),
        (
            "How long after an input its bump is highest",
            "입력 뒤 봉우리가 가장 높아질 때까지의 시간",
        ),
    ),
    "tau_ref_ms": (
        ("rest ", "휴식 "),
        (
            "How long after a spike the hole is deepest",
            "발화 뒤 골이 가장 깊어질 때까지의 시간",
        ),
    ),
    "g_sodium": (
        ("sodium ", "나트륨 "),
        (
            "Conductance of all sodium channels: with few of them, as under a local anaesthetic, "
            "no spike comes about",
            "모든 나트륨 통로의 전도도: 국소 마취처럼 통로가 적으면 발화하지 않습니다",
        ),
    ),
}


def say(pair: Pair, language: str, *values: object) -> str:
    """One of ``LANGUAGES``, with values in its places."""
    return pair[LANGUAGES[language]].format(*values)
