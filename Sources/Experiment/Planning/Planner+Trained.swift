import Diagnostics
import ModelGraph
import NotebookSyntax

extension Planner {
  /// Checks that a trained model can be evaluated on a split of some data.
  mutating func check(_ eval: EvalCell, _ draft: Draft) {
    guard let train = train(eval.train), let model = model(train.model) else { return }
    checkMetrics(model, draft)
    let name = eval.data ?? train.data
    guard let data = data(name) else { return }
    let place = range(of: eval.data == nil ? "train" : "data", in: draft)
    if eval.data != nil { checkFit(train.model, model, name, data, at: place) }
    if let own = data.tokenizer, let trained = self.data(train.data)?.tokenizer, own != trained {
      note(.tokenizersDiffer(data: name, trained: train.data), place)
    }
    checkSplit(eval.split, of: name, data, model, at: place)
  }

  /// Checks that a trained model generates, and knows the tokens of the prompt.
  mutating func check(_ generate: GenerateCell, _ draft: Draft) {
    guard let train = train(generate.train), let model = model(train.model) else { return }
    let place = range(of: "train", in: draft)
    guard model.loss.comparesClasses else {
      note(.metricOfLoss(metric: "next token", loss: model.loss.name), place)
      return
    }
    do throws(ModelFault) {
      _ = try Graph(generatingWith: model, count: 1, hasLogits: true)
    } catch {
      note(.model(error), place)
      return
    }
    if let graph = graph(of: train.model), let table = graph.tokenTable,
      graph.outputWidth > table
    {
      note(
        .drawsUnknown(model: train.model, outputs: graph.outputWidth, tokens: table), place)
      return
    }
    checkPrompt(generate.prompt, of: model, named: train.model, train.data, draft)
  }

  private mutating func checkPrompt(
    _ prompt: GenerateCell.Prompt, of model: ModelSpec, named name: String, _ dataName: String,
    _ draft: Draft
  ) {
    guard case .tokens(let input) = model.input else { return }
    let place = draft.reader.promptRange ?? draft.directive.idRange
    switch prompt {
    case .tokens(let tokens):
      guard let token = tokens.first(where: { Int($0) >= input.vocabularySize }) else { return }
      note(
        .tooLarge(
          what: "a token", found: "\(token)", greatest: "less than \(input.vocabularySize)"), place)
    case .text:
      guard let data = data(dataName), data.tokenizer == nil else { return }
      note(.promptWithoutText(data: dataName), place)
    }
  }

  private func train(_ id: String) -> TrainCell? {
    guard let index = index(of: id), case .train(let train) = drafts[index].body else { return nil }
    return train
  }
}
