import Checkpointing
import Experiment
import ModelGraph
import Testing

@Suite("The bodies that the notebook format shows")
struct FormatContractTests {
  @Test("A train body of every key is read as written")
  func everyTrainKey() throws {
    let text =
      small
      + directive(
        "train", "all",
        """
        model: gpt
        data: corpus
        steps: 100                      # or epochs:
        batch: 4
        seed: 7
        optimizer: {adamw: {lr: 3e-4, weight_decay: 0.1}}
        schedule: {cosine: {warmup: 10}}
        precision: f32                  # or bf16
        accumulate: 1
        clip_norm: 1.0
        checkpoint: {every: 2}
        memory_limit: 2 GiB
        log_every: 10
        evaluate: {every: 50, split: train}
        """)
    let expected = TrainCell(
      model: "gpt", data: "corpus", duration: .steps(100), batch: 4, accumulate: 1, seed: 7,
      optimizer: .adamw(
        learningRate: 3e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1),
      schedule: .cosine(warmup: 10, floor: 0), clipNorm: 1, checkpoint: .every(2),
      memoryLimit: 2 << 30, logEvery: 10, evaluation: .init(every: 50, split: .train))
    #expect(try cell("all", in: plan(text)).body == .train(expected))
  }

  @Test("A layer list is read as written")
  func layerList() throws {
    let text = directive(
      "model", "net",
      """
      input: {features: 64}
      layers:
        - linear: {out: 128, name: inner}
        - relu
        - repeat:
            times: 8
            name: block
            layers:
              - residual:
                  - layer_norm
                  - linear: {out: 128}
                  - gelu
                  - dropout: {p: 0.1}
        - checkpoint:
            - linear: {out: 128}
            - relu
        - linear: {out: 10}
      loss: cross_entropy
      """)
    func linear(_ out: Int, name: String? = nil) -> LayerSpec {
      LayerSpec(.linear(LinearSpec(outFeatures: out)), name: name)
    }
    let block: [LayerSpec] = [
      LayerSpec(.layerNorm(epsilon: 1e-5)), linear(128), LayerSpec(.gelu(.tanh)),
      LayerSpec(.dropout(probability: 0.1)),
    ]
    let expected = ModelSpec(
      input: .features(64),
      layers: [
        linear(128, name: "inner"), LayerSpec(.relu),
        LayerSpec(.repeat(times: 8, layers: [LayerSpec(.residual(block))]), name: "block"),
        LayerSpec(.checkpoint([linear(128), LayerSpec(.relu)])), linear(10),
      ], loss: .crossEntropy)
    #expect(try cell("net", in: plan(text)).body == .model(ModelCell(spec: expected)))
  }

  @Test("The preset gpt2 takes the format's keys")
  func gpt2() throws {
    let text = directive(
      "model", "gpt",
      """
      preset: gpt2
      num_layers: 12
      hidden_size: 768
      num_heads: 12
      vocab_size: 50257
      context_length: 512
      dropout: 0.0
      """)
    let sizes = GPT2Sizes(contextLength: 512, dropout: 0)
    #expect(try cell("gpt", in: plan(text)).body == .model(ModelCell(spec: .gpt2(sizes))))
  }

  @Test("A preset is the same model as the layers it stands for")
  func presetAsLayers() throws {
    let preset = directive("model", "a", "preset: mlp\nfeatures: 4\nhidden: [8]\nclasses: 3")
    let layers = directive(
      "model", "a",
      """
      input: {features: 4}
      layers:
        - linear: {out: 8, name: fc0}
        - relu
        - linear: {out: 3, name: head}
      """)
    #expect(try plan(preset).cells[0].key == plan(layers).cells[0].key)
  }

  @Test("Text files are read in the order of their paths' bytes")
  func textFiles() throws {
    let text = directive(
      "data", "corpus",
      #"tokens: {files: ["notebooks/*.md"], tokenizer: bytes, split: {validation: 0.1}}"#)
    let files = ["notebooks/b.md": "two", "notebooks/a.md": "one", "notebooks/c.txt": "no"]
    guard case .data(let data) = try plan(text, files: files).cells[0].body,
      case .textFiles(let read, .bytes) = data.source
    else {
      Issue.record("no text files")
      return
    }
    #expect(read.map(\.path) == ["notebooks/a.md", "notebooks/b.md"])
    #expect(data.split.validation == 0.1)
  }

  @Test("A plan body, a comparison and claims are read as written")
  func otherKinds() throws {
    let text =
      small
      + directive(
        "train", "gpt-sqrt", "model: gpt\ndata: corpus\nsteps: 3\nbatch: 2\ncheckpoint: sqrt")
      + directive(
        "plan", "sizes",
        "model: gpt\nbatch: 4\noptimizer: adamw\npolicies: [none, sqrt, {every: 1}, {blocks: [block.*]}]"
      )
      + directive(
        "compare", "side",
        "cells: [run, gpt-sqrt]\nbaseline: run\nshow: [loss.last, memory.peak, timing.step_median]")
      + directive(
        "expect", "claims",
        """
        - gpt-sqrt.memory.peak < 0.6 * run.memory.peak
        - gpt-sqrt.digest.weights = run.digest.weights
        - sizes[every=1].memory.peak <= 900 MiB
        """)
    let plan = try plan(text)
    guard case .plan(let sizes) = try cell("sizes", in: plan).body,
      case .compare(let side) = try cell("side", in: plan).body,
      case .expect(let claims) = try cell("claims", in: plan).body
    else {
      Issue.record("a body is of another kind")
      return
    }
    #expect(sizes.policies == [.none, .sqrt, .every(1), .blocks(["block.*"])])
    #expect(side.show == ["loss.last", "memory.peak", "timing.step_median"])
    #expect(claims.map(\.sql) == ["(? < (0.6 * ?))", "(? = ?)", "(? <= 943718400)"])
    #expect(claims[2].references[0].path == "every: 1.memory.peak")
  }

  @Test("Front matter sets seed, threads, numerics and the memory limit")
  func settings() throws {
    let text =
      """
      ---
      title: Gradient checkpointing
      author: {name: someone, tags: &x [a]}
      params:
        steps: {type: int, default: 20, min: 1}
      nbrun: {seed: 7, threads: 2, numerics: native, memory_limit: 4 GiB, cost: measured}
      ---


      """ + small
    let plan = try plan(text)
    #expect(plan.title == "Gradient checkpointing")
    #expect(
      plan.settings
        == Settings(
          seed: 7, threads: 2, numerics: .native, memoryLimit: 4 << 30, cost: .measured))
    #expect(plan.parameters.map(\.value) == [.int(20)])
  }

  @Test("All options are read, the lines winning over the fence's attributes")
  func options() throws {
    let text =
      smallCells[0] + smallCells[1] + """
        ```yaml {.nbrun-train #run echo=false cache=false}
        #| tolerance: {loss: 1e-6}
        #| error: true
        #| cache: true
        #| label: tbl-run
        #| caption: "A run: small"
        #| timeout: 5 min
        #| deps: [notes.txt]
        #| when: false
        #| tags: [slow, gpu]
        model: gpt
        data: corpus
        steps: 10
        batch: 2
        ```
        """
    let options = try plan(text, files: ["notes.txt": "x"]).cells[2].options
    #expect(options.tolerance == ["loss": Tolerance(relative: 1e-6)])
    #expect(options.expectsError && options.usesCache && !options.echo && !options.when)
    #expect(options.label == "tbl-run" && options.caption == "A run: small")
    #expect(options.timeout == 300 && options.tags == ["slow", "gpu"])
    #expect(options.dependencies.map(\.path) == ["notes.txt"])
  }
}
