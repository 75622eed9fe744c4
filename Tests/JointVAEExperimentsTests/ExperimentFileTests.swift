import JointVAE
import JointVAEExperiments
import TestSupport
import Testing

/// What the keys of an experiment file mean, and what they may not hold.
@Suite("Experiment files") struct ExperimentFileTests {
  @Test("Every kind of setting arrives as the option of train would bring it")
  func settings() throws {
    let run = try #require(
      try plan(
        """
        title: All
        description: Everything at once.
        base:
          dataset: mnist
          data: ../digits
          recipe: fashion-mnist
          image-size: 64
          limit: 500
          validation: 0.1
          gray: true
          fit: pad
          invert: off
          classes: [3, "5"]
          shuffle-seed: 7
          label-column: last
          strict: true
          continuous: 6
          discrete: [4, 3]
          loss: {cauchy: 0.5}
          reconstruction-scale: sum
          continuous-capacity: [0, 5, 100, 30]
          discrete-capacity: 0,1.1,200,20
          temperature: 0.5
          epochs: 3
          optimizer: sgd
          learning-rate: 1e-2
          momentum: 0.9
          batch-size: 32
          log-every: 5
          checkpoint-every: 7
        seeds: [9]
        """
      ).runs.first)
    let configuration = try run.configuration()
    let (request, training) = (configuration.images.request, configuration.training)
    #expect(run.dataSet == "mnist" && request.path?.hasSuffix("/../digits") == true)
    #expect(configuration.recipe == "fashion-mnist")
    #expect(request.limit == 500 && request.classes == ["3", "5"] && request.shuffleSeed == 7)
    #expect(request.preparation.color == .gray && request.preparation.fit == .pad)
    #expect(request.preparation.inversion == .off && request.labelColumn == "last")
    #expect(request.isStrict && configuration.images.validation == .share(0.1))
    #expect(training.imageShape.size == 64)
    #expect(training.latents == LatentSpec(continuous: 6, discrete: [4, 3]))
    #expect(training.reconstructionLoss == .cauchy(scale: 0.5))
    #expect(training.reconstructionScale == .sum)
    #expect(training.continuousCapacity == Capacity(maximum: 5, rampSteps: 100, weight: 30))
    #expect(training.discreteCapacity == Capacity(maximum: 1.1, rampSteps: 200, weight: 20))
    #expect(training.temperature == 0.5 && training.length == .epochs(3))
    #expect(training.optimizer == .sgd(learningRate: 0.01, momentum: 0.9))
    #expect(training.batchSize == 32 && training.seed == 9)
    #expect(configuration.logInterval == 5 && configuration.checkpointInterval == 7)
  }

  @Test("Without a name an experiment is called like its file")
  func names() throws {
    try withTemporaryFolder { folder in
      let text = "base: {dataset: shapes}\n"
      let path = try experimentFile(text, in: folder, named: "losses.yaml")
      #expect(try Experiment(contentsOf: path).name == "losses")
      #expect(try Experiment(contentsOf: path).title == "losses")
      let spaced = try experimentFile(text, in: folder, named: "my runs.yaml")
      #expect(throws: (any Error).self) { try Experiment(contentsOf: spaced) }
    }
  }

  static let mistakes: [(text: String, problem: String)] = [
    (
      "bas: {dataset: shapes}",
      "line 1, column 1: bas is no key that is known here; did you mean base? "
        + "Known are name, title, description, base, axes, runs, seeds, quick, evaluate, baseline"
    ),
    (
      "\"\\e[31mno\": 1",
      "line 1, column 1: \"\\u{1B}[31mno\" is no key that is known here. "
        + "Known are name, title, description, base, axes, runs, seeds, quick, evaluate, baseline"
    ),
    (
      "base: {dataset: shapes, seed: 3}",
      "line 1, column 31: base.seed is not set here; list the seeds under seeds, such as [1, 2, 3]"
    ),
    (
      "base: {dataset: shapes, epochs: 2, steps: 4}",
      "line 1, column 43: base.steps and epochs exclude each other; give one of them"
    ),
    (
      "base: {dataset: shapes, epochs: many}",
      "line 1, column 33: base.epochs cannot be: epochs is \"many\"; expected a whole number"
    ),
    (
      "base: {dataset: shapes, epochs: 0}",
      "line 1, column 33: base.epochs cannot be: epochs is 0; expected at least 1"
    ),
    (
      "base: {dataset: shapes, temperature: }",
      "line 1, column 38: base.temperature is empty; expected a value"
    ),
    (
      "base: {dataset: shapes, temperature: [{a: b}]}",
      "line 1, column 39: base.temperature[1] is a mapping; expected a single value"
    ),
    (
      "base: {dataset: shapes, gray: yes}",
      "line 1, column 31: base.gray cannot be: gray is \"yes\"; expected true or false"
    ),
    (
      "base: {dataset: shapes, fit: squeeze}",
      "line 1, column 30: base.fit cannot be: fit is \"squeeze\"; expected crop, pad or stretch"
    ),
    (
      "base: {dataset: shapes, loss: {cauchy: 1, robust: 2}}",
      "line 1, column 31: base.loss is a mapping of 2 keys; expected one with its parameters, "
        + "such as {cauchy: 0.5}"
    ),
    (
      "base: {dataset: shapes, classes: ['a,b']}",
      "line 1, column 35: base.classes[1] is \"a,b\"; expected a value without a comma"
    ),
    (
      "base: shapes",
      "line 1, column 7: base is a single value; "
        + "expected settings, such as dataset: mnist"
    ),
    (
      "base:\n  dataset: shapes\naxes:\n  discrete: []\n",
      "line 4, column 13: axes.discrete is an empty list; expected a list of values, each "
        + "categories such as 10 or [4, 3], or none"
    ),
    (
      "base:\n  dataset: shapes\naxes:\n  discrete: 4\n",
      "line 4, column 13: axes.discrete is a single value; expected a list of values, each "
        + "categories such as 10 or [4, 3], or none"
    ),
    (
      "base:\n  dataset: shapes\naxes: {}\n",
      "line 3, column 7: axes is an empty mapping; expected settings with lists of values"
    ),
    (
      "base:\n  dataset: shapes\naxes:\n  discrete: [4, 2, [4]]\n",
      "line 4, column 20: axes.discrete[3] is 4, which is there already; give each value once"
    ),
    (
      "base:\n  dataset: shapes\n  discrete: 3\naxes:\n  discrete: [4]\n",
      "line 3, column 13: base.discrete is set by axes.discrete, too; leave one of them out"
    ),
    (
      "base:\n  dataset: shapes\naxes:\n  steps: [4]\nquick:\n  epochs: 1\n",
      "line 6, column 11: quick.epochs is set by axes.steps, too; leave one of them out"
    ),
    (
      "base: {dataset: shapes}\naxes: {steps: [4], epochs: [1]}\n",
      "line 2, column 29: axes.epochs[1] and axes.steps set the same; leave one of them out"
    ),
    (
      "base: {dataset: shapes}\nseeds: [1, 2, 1]\n",
      "line 2, column 15: seeds[3] is 1, which is there already; give each seed once"
    ),
    (
      "base: {dataset: shapes}\nseeds: [-1]\n",
      "line 2, column 9: seeds[1] is \"-1\"; expected a whole number, at least 0"
    ),
    (
      "base: {dataset: shapes}\nseeds: 3\n",
      "line 2, column 8: seeds is a single value; expected a list of whole numbers, "
        + "such as [1, 2, 3]"
    ),
    (
      "base: {dataset: shapes}\nseeds: [1]\naxes: {seed: [2]}\n",
      "line 2, column 8: seeds and axes.seed both list seeds; give one of them"
    ),
    (
      "base: {dataset: shapes}\nruns:\n  - {name: a}\n  - {name: A}\n",
      "line 4, column 12: runs[2].name is \"A\", which another run is called; "
        + "give each run a name of its own"
    ),
    (
      "base: {dataset: shapes}\nruns:\n  - {discrete: 3}\n",
      "line 3, column 5: runs[1] has no name; give each run one"
    ),
    (
      "base: {dataset: shapes}\nruns:\n  - {name: ../a}\n",
      "line 3, column 12: runs[1].name is \"../a\"; expected a word of letters, digits, . - and _, "
        + "such as discrete-values"
    ),
    (
      "name: .hidden\nbase: {dataset: shapes}\n",
      "line 1, column 7: name is \".hidden\"; expected a word of letters, digits, . - and _, "
        + "such as discrete-values"
    ),
    (
      "base: {dataset: shapes}\nevaluate: {split: tests}\n",
      "line 2, column 19: evaluate.split is \"tests\"; expected train or validation or test or all"
    ),
    (
      "base: {dataset: shapes}\nevaluate: {limit: 0}\n",
      "line 2, column 19: evaluate.limit is \"0\"; expected a number of images, at least 1"
    ),
    (
      "base: {dataset: shapes}\nevaluate: {splitt: test}\n",
      "line 2, column 12: evaluate.splitt is no key that is known here; did you mean split? "
        + "Known are split, dataset, data, limit, disentanglement, scores"
    ),
    (
      "base: {dataset: shapes}\nevaluate: {scores: [mig]}\n",
      "line 2, column 21: evaluate.scores[1] is \"mig\"; expected disentanglement or probes or samples"
    ),
    (
      "base: {dataset: shapes}\nevaluate: {split: validation}\n",
      "validation is 0; expected a share such as 0.1, since evaluate.split is validation"
    ),
    (
      "base: {dataset: shapes}\nevaluate: {split: validation, dataset: glyphs}\n",
      "line 2, column 11: evaluate has a data set of its own, which has no validation part; "
        + "leave one of split and dataset out"
    ),
    (
      "title: none\n",
      "dataset is missing; expected a data set's name or path, such as dataset: mnist"
    ),
    (
      "base: {dataset: shapes}\nruns:\n  - {name: a, momentum: 0.5}\n",
      "line 3, column 5: run a: momentum is 0.5; expected none with adam; "
        + "it goes with sgd"
    ),
  ]

  @Test("A mistake is told with line, column and key", arguments: mistakes)
  func mistake(text: String, problem: String) throws { try expectProblem(text, problem) }

  @Test("An unknown setting is answered with the nearest one")
  func nearest() throws {
    try expectProblem(
      "base: {dataset: shapes, batchsize: 3}",
      "line 1, column 25: base.batchsize is no key that is known here; did you mean batch-size? "
        + "Known are " + Experiment.settingNames.joined(separator: ", "))
  }
}
