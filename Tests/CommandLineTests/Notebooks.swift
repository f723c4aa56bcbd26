/// Notebooks that take a fraction of a second.
enum Notebooks {
  /// A perceptron trained with and without recomputation.
  static func perceptron(steps: Int = 5, rate: String = "0.01", claim: String = "1 = 1") -> String {
    """
    # Spirals

    ```yaml {.nbrun-data #spirals}
    spirals: {classes: 3, examples: 120, noise: 0.1}
    ```

    ```yaml {.nbrun-model #net}
    preset: mlp
    features: 2
    hidden: [16, 16]
    classes: 3
    ```

    ```yaml {.nbrun-train #kept}
    model: net
    data: spirals
    steps: \(steps)
    batch: 8
    optimizer: {sgd: {lr: \(rate)}}
    ```

    ```yaml {.nbrun-train #again}
    model: net
    data: spirals
    steps: \(steps)
    batch: 8
    optimizer: {sgd: {lr: \(rate)}}
    checkpoint: {every: 3}
    ```

    ```yaml {.nbrun-expect #claims}
    - again.digest.weights = kept.digest.weights
    - kept.loss.first > 0 and \(claim)
    ```

    """
  }

  /// A small transformer on random tokens.
  static func transformer(steps: Int = 4) -> String {
    """
    ```yaml {.nbrun-data #tokens}
    tokens: {random: {vocab_size: 64, length: 4000}}
    ```

    ```yaml {.nbrun-model #gpt}
    preset: gpt2
    num_layers: 2
    hidden_size: 32
    num_heads: 2
    vocab_size: 64
    context_length: 32
    dropout: 0.1
    ```

    ```yaml {.nbrun-train #kept}
    model: gpt
    data: tokens
    steps: \(steps)
    batch: 4
    seed: 3
    optimizer: {adamw: {lr: 1e-3}}
    ```

    ```yaml {.nbrun-train #again}
    model: gpt
    data: tokens
    steps: \(steps)
    batch: 4
    seed: 3
    optimizer: {adamw: {lr: 1e-3}}
    checkpoint: sqrt
    ```

    """
  }
}
