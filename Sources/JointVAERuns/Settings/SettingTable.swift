import JointVAE
import JointVAEData

/// Every setting of a run, one row each.
///
/// The command line's options, the keys of experiment files and their schema, config.json, the check of resumed
/// runs, the labels of reports and docs/settings.md all come from these rows. The order of the rows is that of help
/// and that in which values are put into a run: an optimizer before its momentum, pairs before their weights.
public struct SettingTable: Sendable {
  // MARK: Data

  /// The row of `dataset`.
  public let dataSet = Setting<String>(
    "dataset", .data, "A data set's name or path; several are joined by +.",
    kind: .text(expected: "a data set's name or path"), label: "data set",
    at: \.images.request.dataSet)

  /// The row of `data`.
  public let dataPath = Setting<String>(
    "data", .data, "The file or folder that holds the data set.",
    kind: .path(expected: "the path of the data set's files"),
    default: .words("where data sets are kept"),
    isFixed: false, get: { $0.images.request.path }, set: { $1.images.request.path = $0 })

  /// The row of `split`.
  public let split = Setting<DataSplit>(
    "split", .data, "The part of the data set to train on: train, test, or all for both.",
    default: "train",
    get: { $0.images.request.split }, set: { $1.images.request.split = $0 })

  /// The row of `limit`.
  public let limit = Setting<Int>(
    "limit", .data,
    "Take no more than N images: the first, or some of each class; of shapes, draw N.",
    kind: .whole(from: 1), valueName: "N", unit: "images", absence: "all",
    get: { $0.images.request.limit },
    set: { $1.images.request.limit = $0 })

  /// The row of `validation`.
  public let validation = Setting<ValidationShare>(
    "validation", .data,
    "Images held back to measure the model each epoch: a share such as 0.1, or a number.",
    kind: .number(.init(minimum: 0)), valueName: "share", default: "0",
    unit: "images, or a share of them",
    parse: ValidationShare.init(parsing:), print: \.description, get: { $0.images.validation },
    set: { $1.images.validation = $0 })

  // MARK: Preparation

  /// The row of `gray`.
  public let gray = Setting<Bool>(
    "gray", .preparation, "Make the images gray.", kind: .flag, isFixed: false,
    get: { $0.images.request.preparation.color.map { $0 == .gray } },
    set: { if $0 { $1.images.request.preparation.color = .gray } })

  /// The row of `rgb`.
  public let rgb = Setting<Bool>(
    "rgb", .preparation, "Make the images colored.", kind: .flag,
    default: .words("what the files are"),
    isFixed: false, rival: "gray", get: { $0.images.request.preparation.color.map { $0 == .rgb } },
    set: { if $0 { $1.images.request.preparation.color = .rgb } })

  /// The row of `fit`.
  public let fit = Setting<ImagePreparation.Fit>(
    "fit", .preparation,
    "How to give images the shape of the image size, a square or not: crop, pad or stretch.",
    valueName: "how", default: "crop", get: { $0.images.request.preparation.fit },
    set: { $1.images.request.preparation.fit = $0 })

  /// The row of `invert`.
  public let inversion = Setting<ImagePreparation.Inversion>(
    "invert", .preparation,
    "Exchange light and dark: on, off, or auto for gray images with light borders.",
    valueName: "when", default: "auto", get: { $0.images.request.preparation.inversion },
    set: { $1.images.request.preparation.inversion = $0 })

  /// The row of `values`.
  public let values = Setting<ValueRange>(
    "values", .preparation,
    "The values in the files that become black and white, such as -1,1 or 0,4095.",
    kind: .numbers(count: 2, .init()), valueName: "min,max",
    default: .words("0,1 or 0,255, or 0,65535 of 16 bits"), absence: "as found",
    parse: { text in
      let numbers = try SettingTable.numbers(text, count: 2, of: "values")
      let range = ValueRange(numbers[0], numbers[1])
      try range.validate()
      return range
    },
    print: \.text, get: { $0.images.request.preparation.values },
    set: { $1.images.request.preparation.values = $0 })

  /// The row of `alpha`.
  public let alpha = Setting<ImagePreparation.Alpha>(
    "alpha", .preparation,
    "What becomes of transparency: white or black shows through, or keep it as a fourth channel.",
    valueName: "what", default: "white", get: { $0.images.request.preparation.alpha ?? .white },
    set: { $1.images.request.preparation.alpha = $0 == .white ? nil : $0 })

  /// The row of `classes`.
  public let classes = Setting<[String]>(
    "classes", .preparation, "Take these classes only, numbered in this order.",
    kind: .names(expected: "a list of classes"), valueName: "name,...", absence: "all",
    parse: { $0.split(separator: ",").map { String($0.trimmingPrefix(" ")) } },
    print: { $0.joined(separator: ",") }, get: { $0.images.request.classes },
    set: { $1.images.request.classes = $0 })

  /// The row of `shuffle-seed`.
  public let shuffleSeed = Setting<UInt64>(
    "shuffle-seed", .preparation, "Shuffle the images before the limit counts them.",
    kind: .whole(from: 0), valueName: "seed", get: { $0.images.request.shuffleSeed },
    set: { $1.images.request.shuffleSeed = $0 })

  /// The row of `label-column`.
  public let labelColumn = Setting<String>(
    "label-column", .preparation,
    "The label column of a CSV file: its name, its number from 1, first, last or none.",
    kind: .column(expected: "a column"), valueName: "column",
    default: .words("the one called label, or what values show"), absence: "found",
    get: { $0.images.request.labelColumn }, set: { $1.images.request.labelColumn = $0 })

  /// The row of `transpose`.
  public let isTransposed = Setting<Bool>(
    "transpose", .preparation, "Exchange rows and columns, for images that lie on their side.",
    kind: .flag, default: .words("only EMNIST's"), absence: "as known",
    get: { $0.images.request.preparation.isTransposed },
    set: { $1.images.request.preparation.isTransposed = $0 })

  /// The row of `strict`.
  public let isStrict = Setting<Bool>(
    "strict", .preparation, "Stop at an image that cannot be read, instead of leaving it out.",
    kind: .flag, isFixed: false, at: \.images.request.isStrict)

  // MARK: Model

  /// The row of `recipe`.
  public let recipe = Setting<String>(
    "recipe", .model,
    "The settings to start from: pairs, which finds the classes of nearly every seed; paper for "
      + "the published ones of the data set; images, which suits anyone's; or " + Recipe.names
      + ".",
    kind: .text(expected: "paper, pairs, images or one of " + Recipe.names),
    default: .words(
      "shapes for shapes, else pairs where there is one for the data set, else images"),
    stored: .value("recipe", \.recipe), get: { $0.recipe },
    set: { $1.recipe = try Recipe.choose($0, dataSet: $1.images.request.dataSet).name })

  /// The row of `image-size`.
  public let imageSize = Setting<ImageSize>(
    "image-size", .model,
    "Height and width of the images, from 8 to 256 pixels: 28 for a square, or 48x80.",
    kind: .size(expected: ImageSize.words), valueName: "pixels",
    default: .words("the recipe's; of other images 32 or 64, by the first file"), unit: "pixels",
    parse: ImageSize.init(text:), print: \.description,
    get: { $0.training.imageShape.size },
    set: {
      $1.training.imageShape.size = $0
      $1.images.request.imageSize = $0
    })

  /// The row of `network`.
  public let network = Setting<NetworkPreset>(
    "network", .model,
    "The network: the paper's, small (32 channels, 128 hidden units), wide (64 to 256, 512) or deep (the paper's "
      + "with 3x3 convolutions).",
    valueName: "name", default: "paper", absence: "its own",
    stored: .optional("widths", \.training.widths), get: { $0.training.networkPreset },
    set: { $1.training.networkWidths = $0.widths(for: $1.training.imageShape) })

  /// The row of `channels`.
  public let channels = Setting<[Int]>(
    "channels", .model,
    "Channels of each convolution of the encoder, such as 32,64,128; the decoder mirrors them.",
    kind: .counts(expected: "channels such as [32, 64, 128], multiples of 32"), valueName: "N,...",
    default: .words("the network's"), unit: "channels",
    parse: {
      try SettingTable.counts($0, of: "channels", such: "channels with commas, such as 32,64,128")
    },
    print: SettingTable.text(of:), get: { $0.training.networkWidths.encoderChannels },
    set: {
      let before = $1.training.networkWidths
      var widths = NetworkWidths(
        mirroring: $0, hiddenUnits: before.hiddenUnits, for: $1.training.imageShape
      ).with(extraConvolutions: before.extraConvolutions ?? 0)
      widths.activation = before.activation
      $1.training.networkWidths = widths
    })

  /// The row of `hidden`.
  public let hidden = Setting<[Int]>(
    "hidden", .model,
    "Units of each hidden layer before the latent variables, such as 256 or 512,256; those behind mirror them.",
    kind: .counts(expected: "units such as 256 or [512, 256], multiples of 32"), valueName: "N,...",
    default: .words("the network's"), unit: "units",
    parse: {
      try SettingTable.counts(
        $0, of: "hidden units", such: "units with commas, such as 256 or 512,256")
    },
    print: SettingTable.text(of:), get: { $0.training.networkWidths.hiddenUnits },
    set: { $1.training.networkWidths.hiddenUnits = $0 })

  /// The row of `extra-convolutions`.
  public let extraConvolutions = Setting<Int>(
    "extra-convolutions", .model,
    "3x3 convolutions of stride 1 behind every halving and before every doubling.",
    kind: .whole(from: 0, to: 8), valueName: "N", default: .words("the network's"),
    unit: "convolutions", absence: "its own",
    get: { $0.training.networkWidths.extraConvolutions },
    set: {
      guard (0...8).contains($0) else {
        throw ConfigurationError("extra convolutions", "\($0)", expected: "from 0 to 8")
      }
      $1.training.networkWidths = $1.training.networkWidths.with(extraConvolutions: $0)
    })

  /// The row of `activation`.
  public let activation = Setting<HiddenActivation>(
    "activation", .model,
    "What becomes of negative values in the network: relu makes them 0, leaky-relu multiplies them by 0.2.",
    valueName: "name", default: "relu",
    get: { $0.training.networkWidths.activation },
    set: { $1.training.networkWidths.activation = $0 })

  /// The row of `seed`.
  public let seed = Setting<UInt64>(
    "seed", .model, "What all random numbers are drawn from.", kind: .whole(from: 0),
    default: "1", stored: .value("seed", \.training.seed), at: \.training.seed)

  /// The row of `model`.
  public let model = Setting<ModelVariant.Name>(
    "model", .model,
    "The model; those but jointvae have continuous codes alone where --discrete gives none. See docs/family.md.",
    valueName: "name", default: "jointvae",
    stored: .optional("model", \.training.variant), get: { $0.training.model.name },
    set: {
      guard $0 != $1.training.model.name else { return }
      $1.training = $1.training.changed(to: ModelVariant($0))
    })

  /// The row of `beta`.
  public let beta = Setting<Double>(
    "beta", .model,
    "What the KL of beta-vae is multiplied by, or the total correlation of beta-tcvae.",
    kind: .number(.init(minimum: 0)), default: .words("4 of beta-vae, 6 of beta-tcvae"),
    companion: ("model", "beta-vae"), get: { $0.training.model.beta },
    set: { try SettingTable.set($0, \.beta, "beta", of: &$1) })

  /// The row of `tc-sampling`.
  public let sampling = Setting<MinibatchSampling>(
    "tc-sampling", .model, "How beta-tcvae estimates the density of z from a batch.",
    valueName: "how", default: "stratified", label: "total correlation sampling",
    companion: ("model", "beta-tcvae"), get: { $0.training.model.sampling },
    set: { try SettingTable.set($0, \.sampling, "total correlation sampling", of: &$1) })

  /// The row of `dip-off-diagonal`.
  public let offDiagonal = Setting<Double>(
    "dip-off-diagonal", .model,
    "lambda_od, the weight of the covariances between dimensions of z in dip-vae-1 and dip-vae-2.",
    kind: .number(.init(minimum: 0)), valueName: "weight", default: "10",
    label: "off diagonal weight", companion: ("model", "dip-vae-1"),
    get: { $0.training.model.offDiagonal },
    set: { try SettingTable.set($0, \.offDiagonal, "off diagonal weight", of: &$1) })

  /// The row of `dip-diagonal`.
  public let diagonal = Setting<Double>(
    "dip-diagonal", .model,
    "lambda_d, the weight of the variances' distances from 1 in dip-vae-1 and dip-vae-2.",
    kind: .number(.init(minimum: 0)), valueName: "weight",
    default: .words("100 of dip-vae-1, 10 of dip-vae-2"), label: "diagonal weight",
    companion: ("model", "dip-vae-1"), get: { $0.training.model.diagonal },
    set: { try SettingTable.set($0, \.diagonal, "diagonal weight", of: &$1) })

  /// The row of `tc-weight`.
  public let totalCorrelationWeight = Setting<Double>(
    "tc-weight", .model, "gamma, the weight of the total correlation in factor-vae.",
    kind: .number(.init(minimum: 0)), valueName: "weight", default: "6.4",
    label: "total correlation weight", companion: ("model", "factor-vae"),
    get: { $0.training.model.totalCorrelationWeight },
    set: {
      try SettingTable.set($0, \.totalCorrelationWeight, "total correlation weight", of: &$1)
    })

  /// The row of `discriminator-units`.
  public let discriminatorUnits = Setting<Int>(
    "discriminator-units", .model,
    "Units of each of the six hidden layers of factor-vae's discriminator; 1000 as published.",
    kind: .whole(from: 1, to: 4096), valueName: "N", default: "256", unit: "units",
    companion: ("model", "factor-vae"), get: { $0.training.model.discriminatorUnits },
    set: { try SettingTable.set($0, \.discriminatorUnits, "discriminator units", of: &$1) })

  /// The row of `continuous`.
  public let continuous = Setting<Int>(
    "continuous", .model, "Dimensions of the continuous code z.",
    kind: .whole(from: 0, to: 4096), valueName: "D", default: .words("the recipe's"),
    unit: "dimensions",
    stored: .value("latents", \.training.latents), at: \.training.latents.continuous)

  /// The row of `discrete`.
  public let discrete = Setting<[Int]>(
    "discrete", .model, "Categories of each discrete code c, such as 10 or 4,3, or none.",
    kind: .counts(expected: "categories such as 10 or [4, 3], or none"), valueName: "K,...",
    default: .words("the recipe's"), parse: SettingTable.categories,
    print: SettingTable.text(of:),
    get: { $0.training.latents.discrete }, set: { $1.training.latents.discrete = $0 })

  /// The row of `loss`.
  public let loss = Setting<ReconstructionLoss>(
    "loss", .model,
    ReconstructionLoss.patterns.dropLast().joined(separator: ", ")
      + " or \(ReconstructionLoss.patterns.last ?? ""); see docs/losses.md.",
    kind: .loss(expected: "a loss, such as bce, mse or cauchy:0.5"), default: "bce",
    stored: .converted(
      "loss", \.training.reconstructionLoss,
      read: { (text: String) in
        try ReconstructionLoss(text: text)
      }, write: \.text),
    parse: ReconstructionLoss.init(text:), print: \.text,
    get: { $0.training.reconstructionLoss }, set: { $1.training.reconstructionLoss = $0 })

  /// The row of `reconstruction-scale`.
  public let reconstructionScale = Setting<ReconstructionScale>(
    "reconstruction-scale", .model,
    "What the mean loss of a value is multiplied by: its pixels (reference) or its values (sum).",
    valueName: "scale", default: "reference",
    stored: .value("reconstructionScale", \.training.reconstructionScale),
    get: { $0.training.reconstructionScale }, set: { $1.training.reconstructionScale = $0 })

  /// The row of `initial-output`.
  public let initialOutput = Setting<[Double]>(
    "initial-output", .model,
    "The gray of reconstructions before the first step, 0 black to 1 white, or a value for each channel; or none.",
    kind: .numbersOrNone(.init(above: 0, below: 1)), valueName: "value,...",
    default: .words("none; of the recipe images the mean of the images"),
    stored: .optional("initialOutput", \.training.initialOutput),
    parse: { try SettingTable.numbersOrNone($0, of: "initial output") },
    print: { $0.isEmpty ? "none" : $0.map { "\($0)" }.joined(separator: ",") },
    get: { $0.training.initialOutput },
    set: { $1.training.initialOutput = $0.isEmpty ? nil : $0 })

  /// The row of `continuous-capacity`.
  public let continuousCapacity = Setting<Capacity>(
    "continuous-capacity", .model,
    "The capacity of z, or of all that cci-vae has, in nats and its weight gamma; a later rise follows as nats@from-to.",
    kind: .capacity(expected: SettingTable.capacityWords), valueName: "min,max,steps,gamma",
    default: .words("the recipe's"),
    stored: .value("continuousCapacity", \.training.continuousCapacity),
    parse: { try Capacity(text: $0, name: "continuous capacity") }, print: \.text,
    get: {
      $0.training.model.capacities.contains(.continuous) ? $0.training.continuousCapacity : nil
    },
    set: { try SettingTable.setCapacity($0, .continuous, of: &$1) })

  /// The row of `discrete-capacity`.
  public let discreteCapacity = Setting<Capacity>(
    "discrete-capacity", .model,
    "The capacity of c in nats and its weight gamma; a later rise follows as nats@from-to.",
    kind: .capacity(expected: SettingTable.capacityWords), valueName: "min,max,steps,gamma",
    default: .words("the recipe's"),
    stored: .value("discreteCapacity", \.training.discreteCapacity),
    parse: { try Capacity(text: $0, name: "discrete capacity") }, print: \.text,
    get: { $0.training.model.capacities.contains(.discrete) ? $0.training.discreteCapacity : nil },
    set: { try SettingTable.setCapacity($0, .discrete, of: &$1) })

  /// The row of `temperature`.
  public let temperature = Setting<Double>(
    "temperature", .model, "The temperature of the Gumbel-softmax samples.",
    kind: .number(.init(above: 0)), default: "0.67",
    stored: .value("temperature", \.training.temperature), at: \.training.temperature)

  // MARK: Training

  /// The row of `epochs`.
  public let epochs = Setting<Int>(
    "epochs", .training,
    "Passes over the images. A recipe on pairs stretches its ramps to the run's length.",
    kind: .whole(from: 1), valueName: "N", default: .words("the recipe's"), unit: "epochs",
    isFixed: false,
    get: { if case .epochs(let count) = $0.training.length { count } else { nil } },
    set: { $1.training.length = .epochs($0) })

  /// The row of `steps`.
  public let steps = Setting<Int>(
    "steps", .training, "Weight updates, in place of epochs.", kind: .whole(from: 1),
    valueName: "N", default: .words("the recipe's"), unit: "steps", isFixed: false, rival: "epochs",
    get: { if case .steps(let count) = $0.training.length { count } else { nil } },
    set: { $1.training.length = .steps($0) })

  /// The row of `early-stop`.
  public let earlyStop = Setting<EarlyStopChoice>(
    "early-stop", .training,
    "Stop early, once all ramps have ended and the objective has not fallen for 20epochs or 2000steps; or none.",
    kind: .text(expected: "a number with its unit, such as 20epochs or 2000steps, or none"),
    valueName: "patience", default: "none", isFixed: false,
    stored: .optional("earlyStop", \.training.earlyStop),
    parse: EarlyStopChoice.init(text:), print: \.text,
    get: { $0.training.earlyStop.map(EarlyStopChoice.patience) },
    set: { $1.training.earlyStop = $0.earlyStop })

  /// The row of `batch-size`.
  public let batchSize = Setting<Int>(
    "batch-size", .training, "Images a step.", kind: .whole(from: 1, to: 65_536),
    valueName: "images", default: "64", unit: "images",
    stored: .value("batchSize", \.training.batchSize),
    at: \.training.batchSize)

  /// The row of `optimizer`.
  public let optimizer = Setting<SettingChanges.OptimizerName>(
    "optimizer", .training, "adam or sgd.", valueName: "name", default: "adam",
    stored: .converted(
      "optimizer", \.training.optimizer,
      read: { (stored: StoredOptimizer) in
        try stored.optimizer()
      }, write: StoredOptimizer.init),
    get: { if case .adam = $0.training.optimizer { .adam } else { .sgd } },
    set: { name, run in
      switch (name, run.training.optimizer) {
      case (.sgd, .adam(let rate, _, _, _)): run.training.optimizer = .sgd(learningRate: rate)
      case (.adam, .sgd(let rate, _)): run.training.optimizer = .adam(learningRate: rate)
      case (.adam, .adam), (.sgd, .sgd): break
      }
    })

  /// The row of `learning-rate`.
  public let learningRate = Setting<Double>(
    "learning-rate", .training, "The optimizer's step size.", kind: .number(.init(above: 0)),
    valueName: "rate", default: .words("the recipe's"), get: { $0.training.optimizer.learningRate },
    set: { rate, run in
      switch run.training.optimizer {
      case .adam(_, let beta1, let beta2, let epsilon):
        run.training.optimizer = .adam(
          learningRate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
      case .sgd(_, let momentum):
        run.training.optimizer = .sgd(learningRate: rate, momentum: momentum)
      }
    })

  /// The row of `learning-rate-decay`.
  public let learningRateDecay = Setting<DecayChoice>(
    "learning-rate-decay", .training,
    "The share that the step size comes down to between two steps, such as 0.1@20000-28000; or none.",
    kind: .text(expected: SettingTable.decayWords), valueName: "share@from-to",
    default: .words("the recipe's"),
    stored: .optional("learningRateDecay", \.training.learningRateDecay),
    parse: { try DecayChoice(text: $0, name: "learning rate decay") }, print: \.text,
    get: { $0.training.learningRateDecay.map(DecayChoice.share) },
    set: { $1.training.learningRateDecay = $0.ramp })

  /// The row of `momentum`.
  public let momentum = Setting<Double>(
    "momentum", .training, "The momentum of sgd.", kind: .number(.init(minimum: 0, below: 1)),
    default: "0", companion: ("optimizer", "sgd"),
    get: { if case .sgd(_, let momentum) = $0.training.optimizer { momentum } else { nil } },
    set: { momentum, run in
      guard case .sgd(let rate, _) = run.training.optimizer else {
        throw ConfigurationError(
          "momentum", "\(momentum)", expected: "none with adam; it goes with sgd")
      }
      run.training.optimizer = .sgd(learningRate: rate, momentum: momentum)
    })

  /// The row of `adam-betas`.
  public let adamBetas = Setting<[Double]>(
    "adam-betas", .training,
    "What Adam keeps of its means of gradients and of their squares from one step to the next.",
    kind: .numbers(count: 2, .init(minimum: 0, below: 1)), valueName: "B1,B2",
    default: "0.9,0.999", companion: ("optimizer", "adam"),
    parse: { try SettingTable.numbers($0, count: 2, of: "adam betas") },
    print: { $0.map { "\($0)" }.joined(separator: ",") },
    get: {
      guard case .adam(_, let beta1, let beta2, _) = $0.training.optimizer else { return nil }
      return [beta1, beta2]
    },
    set: { betas, run in
      guard case .adam(let rate, _, _, let epsilon) = run.training.optimizer else {
        throw ConfigurationError(
          "adam betas", betas.map { "\($0)" }.joined(separator: ","),
          expected: "none with sgd; they go with adam")
      }
      run.training.optimizer = .adam(
        learningRate: rate, beta1: betas[0], beta2: betas[1], epsilon: epsilon)
    })

  /// The row of `gradient-clip`.
  public let gradientClip = Setting<Double?>(
    "gradient-clip", .training,
    "Scale all gradients of a step down where their common norm (L2) is above NORM; or none.",
    orNone: .init(above: 0), valueName: "NORM",
    stored: .optional("gradientClip", \.training.gradientClip), at: \.training.gradientClip)

  /// The row of `lanes`.
  public let lanes = Setting<Int>(
    "lanes", .training,
    "Parts of a batch whose gradients are sums of their own. As many threads, or ranks, can share a step.",
    kind: .whole(from: 1, to: 256), valueName: "lanes", default: "8",
    stored: .value("lanes", \.training.lanes), at: \.training.lanes)

  /// The row of `pairs`.
  public let pairs = Setting<PairsChoice>(
    "pairs", .training,
    "Train on pairs, half of a batch being transformed copies: "
      + ImageTransformation.named.map { "\($0.name), " }.joined()
      + "none, or amounts such as rotation=15,shift=0.05.",
    kind: .text(expected: "a transformation, such as handwriting, or none"),
    valueName: "transformation", default: .words("the recipe's"),
    stored: .optional("pairing", \.training.pairing), parse: PairsChoice.init(text:),
    print: \.text, get: { $0.training.pairing.map { .transformed($0.transformation) } },
    set: { choice, run in
      guard case .transformed(let transformation) = choice else {
        run.training.pairing = nil
        return
      }
      var pairing = run.training.pairing ?? Pairing()
      pairing.transformation = transformation
      run.training.pairing = pairing
    })

  /// The row of `pairs-decay`.
  public let transformationDecay = Setting<DecayChoice>(
    "pairs-decay", .training,
    "The share that the transformation of pairs comes down to between two steps, such as 0@20000-28000; "
      + "or none.",
    kind: .text(expected: SettingTable.decayWords), valueName: "share@from-to",
    default: .words("the recipe's"), companion: ("pairs", "shapes"),
    parse: { try DecayChoice(text: $0, name: "pairs decay") }, print: \.text,
    get: { $0.training.pairing?.transformationDecay.map(DecayChoice.share) },
    set: { $1.training.pairing?.transformationDecay = $0.ramp })

  /// The row of `neighbors`.
  public let neighbors = Setting<NeighborsChoice>(
    "neighbors", .training,
    "Take the nearest of other images for half of the twins, as the encoder sees them after some step, such as "
      + "10@19500; 10 alone counts from where the transformation decays; or none.",
    kind: .text(expected: NeighborsChoice.expected), valueName: "count@step",
    default: .words("the recipe's"), companion: ("pairs", "shapes"),
    parse: NeighborsChoice.init(text:), print: \.text,
    get: { $0.training.pairing?.neighbors.map(NeighborsChoice.nearest) },
    set: { choice, run in
      guard let pairing = run.training.pairing else {
        guard choice == .none else {
          throw ConfigurationError(
            "neighbors", choice.text, expected: "none without pairs; choose some pairs, too")
        }
        return
      }
      run.training.pairing?.neighbors = try choice.neighbors(in: pairing)
    })

  /// The row of `self-labels`.
  public let selfLabels = Setting<SelfLabelsChoice>(
    "self-labels", .training,
    "Let images that are sure of their category give it to their twins as a label after some step, with a weight, such as "
      + "10@24000; 10 alone counts from where the transformation decays; or none.",
    kind: .text(expected: SelfLabelsChoice.expected), valueName: "weight@step", default: "none",
    companion: ("pairs", "shapes"),
    parse: SelfLabelsChoice.init(text:), print: \.text,
    get: { $0.training.pairing?.selfLabels.map(SelfLabelsChoice.sure) },
    set: { choice, run in
      guard let pairing = run.training.pairing else {
        guard choice == .none else {
          throw ConfigurationError(
            "self-labels", choice.text, expected: "none without pairs; choose some pairs, too")
        }
        return
      }
      run.training.pairing?.selfLabels = try choice.labels(in: pairing)
    })

  /// The row of `consistency`.
  public let consistencyWeight = Setting<Double>(
    "consistency", .training,
    "The weight of the cross entropy between the categories of twins.",
    kind: .number(.init(minimum: 0)), valueName: "weight", default: "10",
    companion: ("pairs", "shapes"), get: { $0.training.pairing?.consistencyWeight },
    set: { try SettingTable.setWeight($0, \.consistencyWeight, of: &$1) })

  /// The row of `balance`.
  public let balanceWeight = Setting<Double>(
    "balance", .training, "The weight of the categories' imbalance.",
    kind: .number(.init(minimum: 0)), valueName: "weight", default: "60",
    companion: ("pairs", "shapes"), get: { $0.training.pairing?.balanceWeight },
    set: { try SettingTable.setWeight($0, \.balanceWeight, of: &$1) })

  /// The row of `swap`.
  public let swapsCategories = Setting<Bool>(
    "swap", .training, "Decode each twin with the other's category.", kind: .toggle,
    default: "true", companion: ("pairs", "shapes"),
    get: { $0.training.pairing?.swapsCategories },
    set: { $1.training.pairing?.swapsCategories = $0 })

  /// The row of `log-every`.
  public let logInterval = Setting<Int>(
    "log-every", .training, "Steps from one row of metrics.csv to the next.",
    kind: .whole(from: 1), valueName: "steps", default: "50", unit: "steps", label: "log interval",
    stored: .value("logInterval", \.logInterval), at: \.logInterval)

  /// The row of `checkpoint-every`.
  public let checkpointInterval = Setting<Int>(
    "checkpoint-every", .training, "Steps from one checkpoint to the next.",
    kind: .whole(from: 1), valueName: "steps", default: "1000", unit: "steps",
    label: "checkpoint interval",
    isFixed: false,
    stored: .value("checkpointInterval", \.checkpointInterval), at: \.checkpointInterval)

  /// The table.
  package static let rows = SettingTable()
}
