"""``python -m app.bench.busy``: want all of a core, until killed."""

if __name__ == "__main__":
    while True:
        pass
