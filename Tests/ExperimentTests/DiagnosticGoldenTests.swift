import Testing

@Suite("Each mistake is reported with its place, the fault and the remedy")
struct DiagnosticGoldenTests {
  @Test("YAML that can't be read")
  func yaml() {
    expect(
      [
        BadInput("unclosed list", train("steps: [1")),
        BadInput("tab as indentation", train("steps: 3\nevaluate:\n\tevery: 2")),
        BadInput("colon in plain text", train("steps: 3: 4")),
        BadInput("duplicate keys", train("steps: 3\nsteps: 4\nseed: 1\nseed: 2")),
        BadInput(
          "unquoted glob", directive("data", "d", "tokens: {files: [*.md], tokenizer: bytes}")),
        BadInput("anchor and alias", train("steps: &n 3\nlog_every: *n")),
        BadInput("tag", train("steps: !!int 3")),
        BadInput("key that is a list", train("? [a]\n: 3")),
        BadInput("second document", train("steps: 3\n---\nsteps: 4")),
        BadInput("body that is a list", directive("train", "t", "- a")),
        BadInput("empty body", directive("train", "t", "# nothing")),
        BadInput("option below the body", train("steps: 3\n#| error: true\n#| a comment")),
        BadInput("in a block quote", "> ```yaml {.nbrun-model #m}\n> preset: gpt3\n> ```\n"),
      ], golden: "yaml.txt")
  }

  @Test("Keys that are unknown, missing or exclude each other")
  func keys() {
    expect(
      [
        BadInput("unknown key", train("step: 3")),
        BadInput("unknown key far from any", train("steps: 3\nzebra: 1")),
        BadInput("misplaced learning rate", train("steps: 3\nlr: 0.1")),
        BadInput("missing keys", directive("train", "t", "seed: 1")),
        BadInput("steps and epochs", train("steps: 3\nepochs: 1")),
        BadInput("neither steps nor epochs", train("seed: 3")),
        BadInput("unknown optimizer key", train("steps: 3\noptimizer: {adamw: {leaning_rate: 1}}")),
        BadInput("unknown nbrun setting", front("nbrun: {sead: 7}")),
        BadInput("sweep of an unknown key", train("steps: 3\nsweep: {bach: [2, 4]}")),
        BadInput("sweep of a bad value", train("steps: 3\nsweep: {batch: [2, two], seed: []}")),
        BadInput("sweep of nothing", train("steps: 3\nsweep: batch")),
        BadInput("sweep of a value twice", train("steps: 3\nsweep: {batch: [2, 2]}")),
        BadInput(
          "sweep of too many keys",
          train(
            "steps: 3\nsweep: {"
              + (0..<70).map { "a\($0): [1, 2]" }.joined(separator: ", ") + "}")),
        BadInput(
          "sweep of too many points",
          train(
            "steps: 3\nsweep: {batch: [\((1...40).map { "\($0)" }.joined(separator: ","))],"
              + " seed: [\((1...40).map { "\($0)" }.joined(separator: ","))]}")),
        BadInput("plot of nothing", directive("plot", "p", "x: step")),
        BadInput(
          "plot",
          small
            + directive("plot", "p", "cells: [run]\nkind: pie\nlog: z\nsize: [10, 200]\ny: [1, 1]")),
        BadInput(
          "plot of two sources",
          small + directive("plot", "p", "cells: [run]\nquery: q\nmetric: loss")),
        BadInput(
          "query",
          directive("query", "q", "sqll: SELECT 1\nscope: all\nformat: {a: MiB}\nmax_rows: 0")),
        BadInput("query of others", small + directive("query", "q", "sql: SELECT 1\ncells: [rum]")),
        BadInput("images of no format", directive("data", "d", "images: {folder: x}")),
        BadInput("two sources", directive("data", "d", "blobs: {}\nspirals: {}")),
        BadInput("unknown option", "```yaml {.nbrun-model #m}\n#| eror: true\npreset: gpt2\n```\n"),
        BadInput("unknown attribute", "```yaml {.nbrun-model #m eco=false}\npreset: gpt2\n```\n"),
      ], golden: "keys.txt")
  }

  @Test("Values of a wrong type or out of range")
  func values() {
    expect(
      [
        BadInput("text for a number", train("steps: many")),
        BadInput("list for a number", train("steps: [3]")),
        BadInput("fraction for a count", train("steps: 1.5")),
        BadInput("negative size", train("steps: -4")),
        BadInput("zero", train("steps: 0")),
        BadInput("huge number", train("steps: 99999999999999999999999")),
        BadInput("not a number", train("steps: 3\nclip_norm: .nan")),
        BadInput("unknown optimizer", train("steps: 3\noptimizer: rmsprop")),
        BadInput("betas", train("steps: 3\noptimizer: {adamw: {betas: [0.9, 1.0]}}")),
        BadInput("two optimizers", train("steps: 3\noptimizer: {adamw: {}, sgd: {}}")),
        BadInput("unknown policy", train("steps: 3\ncheckpoint: squareroot")),
        BadInput("policy without its number", train("steps: 3\ncheckpoint: every")),
        BadInput("budget", train("steps: 3\ncheckpoint: {budget: 130%}")),
        BadInput("precision", train("steps: 3\nprecision: bf61")),
        BadInput("memory limit", train("steps: 3\nmemory_limit: 900 Mo")),
        BadInput("cost", train("steps: 3\ncost: measurd")),
        BadInput("cost of a plan", small + directive("plan", "p", "model: gpt\nbatch: 2\ncost: 3")),
        BadInput("cost of a notebook", front("nbrun: {cost: modle}")),
        BadInput("verify", train("steps: 3\nverify: replays")),
        BadInput("warmup", train("steps: 3\nschedule: {linear: {warmup: 5}}")),
        BadInput(
          "split",
          directive(
            "data", "d", "blobs: {classes: 2, features: 2, examples: 9, split: {validation: 1.0}}")),
        BadInput("yes", "```yaml {.nbrun-model #m}\n#| error: yes\npreset: gpt2\n```\n"),
        BadInput(
          "timeout beyond any clock",
          "```yaml {.nbrun-model #m}\n#| timeout: 1e30\npreset: gpt2\n```\n"),
        BadInput(
          "beta that is 1 in f32",
          train("steps: 3\noptimizer: {adamw: {lr: 0.1, betas: [0.9, 0.999999999]}}")),
        BadInput("timeout", "```yaml {.nbrun-model #m}\n#| timeout: soon\npreset: gpt2\n```\n"),
      ], golden: "values.txt")
  }

  @Test("Models that can't be built")
  func models() {
    expect(
      [
        BadInput("heads of a preset", directive("model", "m", "preset: gpt2\nnum_heads: 5")),
        BadInput(
          "heads of a layer",
          layers(
            "  - embedding: {dim: 12}\n  - residual:\n      - attention: {heads: 5}",
            input: "{tokens: 9, context_length: 4}")),
        BadInput("unknown layer", layers("  - linaer: {out: 2}")),
        BadInput("convolution of features", layers("  - conv2d: {out: 2, kernel: 3}")),
        BadInput("linear without a size", layers("  - linear")),
        BadInput("two layers in one item", layers("  - relu:\n    linear: {out: 3}")),
        BadInput("residual that changes the width", layers("  - residual: [linear: {out: 3}]")),
        BadInput("embedding of features", layers("  - embedding: {dim: 3, vocab_size: 4}")),
        BadInput(
          "unknown tie",
          layers(
            "  - embedding: {dim: 3, name: wte}\n  - linear: {tied: wtf}",
            input: "{tokens: 9, context_length: 4}")),
        BadInput("no layers", layers("  []")),
        BadInput("name", layers("  - linear: {out: 3, name: 3d}")),
        BadInput(
          "too many layers", layers("  - repeat: {times: 10000, layers: [relu, relu, relu]}")),
        BadInput("too large", layers("  - linear: 200000000\n  - linear: 200000000")),
        BadInput("unknown preset", directive("model", "m", "preset: gpt3")),
        BadInput("preset without its depth", directive("model", "m", "preset: resnet")),
        BadInput(
          "neither classes nor out", directive("model", "m", "preset: mlp\nfeatures: 2\nhidden: 3")),
      ], golden: "models.txt")
  }

  @Test("References to cells that are missing, of another kind, or in a circle")
  func references() {
    let trained = "steps: 3\nbatch: 2"
    expect(
      [
        BadInput(
          "missing reference",
          small + directive("train", "t", "model: gtp\ndata: corpus\n\(trained)")),
        BadInput(
          "wrong kind", small + directive("train", "t", "model: corpus\ndata: gpt\n\(trained)")),
        BadInput("refers to itself", directive("train", "t", "model: t\ndata: t\n\(trained)")),
        BadInput(
          "circle",
          directive("compare", "a", "cells: [b]") + directive("compare", "b", "cells: [c]")
            + directive("expect", "c", "- a.loss.last < 3")),
        BadInput("baseline", small + directive("compare", "c", "cells: [run]\nbaseline: rum")),
        BadInput(
          "unknown column", small + directive("compare", "c", "cells: [run]\nshow: [memory.peek]")),
        BadInput("unknown value", small + directive("expect", "e", "- run.memory.peek < 3 MiB")),
        BadInput(
          "value of a plan's missing row",
          small + directive("plan", "p", "model: gpt\nbatch: 2\npolicies: [none]")
            + directive("expect", "e", "- p[sqrt].memory.peak < 3 MiB")),
        BadInput(
          "tolerance of no value",
          directive("plan", "p", "#| tolerance: {losss: 1}\nmodel: gpt\nbatch: 2")
            + small.replacing(
              ".nbrun-train #run}\n", with: ".nbrun-train #run}\n#| tolerance: {los: 1e-6}\n")),
        BadInput("value in prose", small + "<!-- nbrun:val run.los.last -->?<!-- /nbrun:val -->\n"),
        BadInput(
          "points",
          small
            + directive(
              "train", "s",
              "model: gpt\ndata: corpus\nsteps: 3\nsweep: {batch: [2, 4], seed: [1, 2]}")
            + directive("compare", "c", "cells: [s]\nbaseline: \"s[batch=3]\"")
            + directive("compare", "d", "cells: [\"s[batch=8]\"]")
            + directive(
              "expect", "e", "- s[batch=2].loss.last < 3\n- s[batch=2,seed=1].los.last < 1")
            + directive("generate", "g", "train: s\nprompt: [1]")),
        BadInput("cell in prose", small + "<!-- nbrun:val rum.loss.last -->?<!-- /nbrun:val -->\n"),
        BadInput("unknown block", train("steps: 3\ncheckpoint: {blocks: [block.mlp]}")),
      ], golden: "references.txt")
  }

  @Test("Models and data that do not fit each other")
  func mismatches() {
    let blobs = directive("data", "b", "blobs: {classes: 5, features: 3, examples: 9}")
    let net = directive("model", "net", "preset: mlp\nfeatures: 4\nhidden: 8\nclasses: 3")
    let run = "steps: 3\nbatch: 2"
    expect(
      [
        BadInput(
          "vocabulary",
          small + directive("data", "words", "tokens: {random: {vocab_size: 300, length: 99}}")
            + directive("train", "t", "model: gpt\ndata: words\n\(run)")),
        BadInput("features", blobs + net + directive("train", "t", "model: net\ndata: b\n\(run)")),
        BadInput(
          "classes",
          blobs + directive("model", "net", "preset: mlp\nfeatures: 3\nhidden: 8\nclasses: 3")
            + directive("train", "t", "model: net\ndata: b\n\(run)")),
        BadInput(
          "tokens for features",
          small + net + directive("train", "t", "model: net\ndata: corpus\n\(run)")),
        BadInput(
          "features for tokens",
          small + blobs + directive("train", "t", "model: gpt\ndata: b\n\(run)")),
        BadInput(
          "context longer than the data",
          small + directive("data", "few", "tokens: {random: {vocab_size: 9, length: 16}}")
            + directive("train", "t", "model: gpt\ndata: few\n\(run)")),
        BadInput("no validation split", train("steps: 3\nevaluate: {every: 2}")),
        BadInput(
          "huge batch",
          small
            + directive("train", "t", "model: gpt\ndata: corpus\nsteps: 1\nbatch: 268435456")
            .replacing("gpt", with: "big")
            + directive("model", "big", "preset: gpt2\ncontext_length: 200000")),
      ], golden: "mismatches.txt")
  }

  @Test("Parameters that are undeclared, badly declared or badly given")
  func parameters() {
    let declared = "params:\n  steps: {type: int, default: 20, min: 1, max: 50}\n  lr: 0.1"
    expect(
      [
        BadInput("undeclared", train("steps: ${stpes}")),
        BadInput("mistyped", front(declared, train("steps: ${stpes}"))),
        BadInput("malformed", front(declared, train("steps: \"${1}\""))),
        BadInput("wrong type in the body", front(declared, train("steps: ${lr}"))),
        BadInput("out of the key's range", front("params: {n: -3}", train("steps: ${n}"))),
        BadInput("default out of range", front("params:\n  n: {type: int, default: 0, min: 1}")),
        BadInput("default of another type", front("params:\n  n: {type: int, default: many}")),
        BadInput("unknown type", front("params:\n  n: {type: integer, default: 1}")),
        BadInput("no value", front("params:\n  n: {type: int}")),
        BadInput("not among the choices", front("params:\n  m: {default: a, choices: [b, c]}")),
        BadInput("bad name", front("params: {2x: 1}")),
        BadInput("unknown override", front(declared), overrides: ["step=3"]),
        BadInput("override of another type", front(declared), overrides: ["steps=3.5"]),
        BadInput("override out of range", front(declared), overrides: ["steps=51"]),
        BadInput("override without parameters", small, overrides: ["steps=3"]),
      ], golden: "parameters.txt")
  }

  @Test("Files that are missing or outside the project")
  func files() {
    func reading(_ pattern: String) -> String {
      directive("data", "d", "tokens: {files: [\"\(pattern)\"], tokenizer: bytes}")
    }
    let files = ["notes/one.txt": "text"]
    expect(
      [
        BadInput("missing", reading("notes/on.txt"), files: files),
        BadInput("no match", reading("notes/*.md"), files: files),
        BadInput("upward", reading("../secret.txt"), files: files),
        BadInput("absolute", reading("/etc/passwd"), files: files),
        BadInput("home", reading("~/.ssh/id_rsa"), files: files),
        BadInput("folder", reading("notes"), files: files),
        BadInput(
          "tokenizer without its files",
          directive("data", "d", "tokens: {files: a, tokenizer: bpe}"),
          files: ["a": ""]),
      ], golden: "files.txt")
  }

  @Test("Claims that can't be evaluated")
  func claims() {
    func claim(_ text: String) -> String { small + directive("expect", "e", text) }
    expect(
      [
        BadInput("value alone", claim("- run.memory.peak")),
        BadInput("chained", claim("- 1 < run.loss.last < 3")),
        BadInput("unknown function", claim("- sqrt(run.loss.last) < 3")),
        BadInput("units", claim("- run.memory.peak < 3 Mib\n- run.timing.total < 3 MiB")),
        BadInput("text and number", claim("- run.digest.weights = 3")),
        BadInput("order of texts", claim("- run.digest.weights < run.digest.losses")),
        BadInput("bare name", claim("- run < 3")),
        BadInput("SQL", claim("- run.loss.last < (SELECT 1)")),
        BadInput("semicolon", claim("- run.loss.last < 1; DROP TABLE run")),
        BadInput("unfinished", claim("- (run.loss.last < 3")),
        BadInput("colon", claim("- p[every: 2].memory.peak < 3")),
        BadInput("quoted", claim("- 'run.loss.last << 3'")),
        BadInput("not a list", claim("run.loss.last < 3")),
      ], golden: "claims.txt")
  }

  @Test("All mistakes of a notebook are reported together, in its order")
  func together() {
    let text =
      front("nbrun: {thread: 2}\nparams: {n: 3}", "")
      + directive("data", "corpus", "tokens: {random: {vocab_size: 0, length: -1}}")
      + directive("model", "gpt", "preset: gpt2\nnum_head: 3\ndropout: 1.5")
      + directive(
        "train", "t", "model: gpt\ndata: corpsu\nsteps: ${m}\nbatch: two\ncheckpoint: sqr")
      + directive("expect", "e", "- t.loss.last < 3 AND")
    expect([BadInput("together", text, overrides: ["k=1"])], golden: "together.txt")
  }
}
