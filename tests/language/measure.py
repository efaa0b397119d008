"""How long the sentences are, source by source: `python -m tests.language.measure` prints the table."""

from statistics import mean

from tests.language.catalogue import words
from tests.language.test_plain_words import SOURCES, whole_sentences
from tests.letters_samples import a_desk


def measures() -> list[tuple[str, int, float, int]]:
    """Each source, how many sentences it has, and their mean and greatest length in words."""
    table = []
    for name, (read, _hard) in SOURCES.items():
        lengths = [len(words(sentence)) for sentence in whole_sentences(read())]
        table.append((name, len(lengths), mean(lengths), max(lengths)))
    return table


if __name__ == "__main__":
    with a_desk().app_context():
        print("| source | sentences | words, on average | the longest |\n|---|---|---|---|")
        for name, number, average, longest in measures():
            print(f"| {name} | {number:,} | {average:.1f} | {longest} |")
