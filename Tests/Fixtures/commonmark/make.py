"""Makes examples.json of the examples of the CommonMark specification.

    python3 make.py spec.txt > examples.json

spec.txt is that of https://github.com/commonmark/commonmark-spec, tag 0.31.2.
"""

import json
import re
import sys

text = open(sys.argv[1], encoding="utf-8").read()
fence = "`" * 32
pattern = re.compile(rf"^{fence} example\n(.*?)^\.\n(.*?)^{fence}$", re.MULTILINE | re.DOTALL)
examples = [
    {"markdown": markdown.replace("→", "\t"), "html": html.replace("→", "\t")}
    for markdown, html in pattern.findall(text)
]
rows = ",\n".join(json.dumps(example, ensure_ascii=False) for example in examples)
print(f"[\n{rows}\n]")
