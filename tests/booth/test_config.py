from __future__ import annotations

import pytest

from app.booth.config import Config, ConfigError


def test_what_is_encoded_is_decoded() -> None:
    config = Config(("python", "main.py"), "/state", "/logs", 2000, "04:30")
    assert Config.decode(config.encode()) == config
    assert Config.decode('{"command": ["kiosk"]}') == Config(("kiosk",))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "expected the configuration as JSON"),
        ("[]", "expected a JSON object of command, log_folder"),
        ("{}", "expected a JSON object of command"),
        ('{"command": ["a"], "colour": 1}', "expected a JSON object of command"),
        ('{"command": []}', "expected the command as a list of words, got []"),
        ('{"command": "ls"}', "expected the command as a list of words, got 'ls'"),
        ('{"command": ["a\\u0000"]}', "expected the command as a list of words"),
        ('{"command": ["a"], "memory_mb": 0}', "expected memory_mb in whole megabytes, got 0"),
        ('{"command": ["a"], "memory_mb": true}', "expected memory_mb"),
        ('{"command": ["a"], "restart_at": "24:00"}', "expected restart_at as a time"),
        ('{"command": ["a"], "restart_at": 4}', "expected restart_at as a time"),
        ('{"command": ["a"], "state_folder": 4}', "expected a folder, got 4"),
    ],
)
def test_what_cannot_be_used_is_said(text: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Config.decode(text)
    assert sentence in str(caught.value)
