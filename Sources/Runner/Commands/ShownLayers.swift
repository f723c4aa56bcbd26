import Diagnostics
import Experiment

/// The layers of a model cell, as the body of a directive that declares the same model.
public struct ShownLayers: Sendable {
  /// The YAML.
  public let text: String

  /// Writes out a cell's layers; nothing has to have run.
  ///
  /// - Throws: `RunFault.unknownCell`, `.invalid` for a cell of another kind, and those of opening a
  ///   notebook.
  public init(_ address: CellAddress, options: RunOptions) throws(RunFault) {
    if let run = address.run {
      throw .invalid([
        Diagnostic(
          code: "no-layers", message: "run \(run) has records, and no layers", source: "nbrun",
          notes: ["name a model of a notebook: nbrun show FILE#ID --layers"])
      ])
    }
    let open = try OpenNotebook(
      address.file, overrides: options.overrides, settings: options.settings)
    let cell = try open.cell(try address.requiredCell(of: open))
    guard case .model(let model) = cell.body else {
      let models = open.plan.cells.filter { $0.kind == .model }.map { "\(address.file)#\($0.id)" }
      throw .invalid([
        Diagnostic(
          code: "wrong-kind", message: "'\(cell.id)' is no model, so it has no layers",
          source: "\(open.file.name):\(cell.line)",
          notes: models.isEmpty ? [] : ["models: \(models.joined(separator: ", "))"])
      ])
    }
    text = model.spec.yaml
  }
}
