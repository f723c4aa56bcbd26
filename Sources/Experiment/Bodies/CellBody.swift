public import ModelGraph

/// What a directive asks for.
public enum CellBody: Hashable, Sendable {
  case data(DataSpec)
  case model(ModelSpec)
  case plan(PlanCell)
  case train(TrainCell)
  case compare(CompareCell)
  case expect([Claim])
}
