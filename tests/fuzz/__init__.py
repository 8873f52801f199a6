"""``python -m tests.fuzz``: damaged input of every kind that comes from outside, in large numbers.

Whatever a file, a server or a settings file says, the program answers it: what can be used is used,
the rest gets one sentence. Here every reader gets thousands of damaged inputs, each in a process
that may be killed. What hangs, crashes, asks for too much memory or raises what nobody answers is a
finding; its input is kept, so that it can be looked at and made into a test.
"""
