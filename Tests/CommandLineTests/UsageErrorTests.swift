import TestSupport
import Testing

/// What cannot be meant: one sentence on standard error, exit code 64, nothing written.
struct UsageErrorTests {
  static let mistakes: [(call: String, sentence: String)] = [
    ("train", "Missing DATASET: name a data set, such as shapes or mnist."),
    ("info", "Missing MODEL: name a run folder, a file or a trained model."),
    ("info mnist --mpi", "--mpi describes no model; leave out one of them."),
    (
      "experiment run x.yaml --only 1 --dry-run",
      "--only and --dry-run exclude each other; give one of them."
    ),
    (
      "experiment run x.yaml --seeds 1,x",
      "The value '1,x' is invalid for '--seeds <seed,...>': expected different whole numbers with commas, such as 1,2,3"
    ),
    (
      "experiment run x.yaml --seeds 2,2",
      "The value '2,2' is invalid for '--seeds <seed,...>': expected different whole numbers with commas, such as 1,2,3"
    ),
    (
      "experiment script x.yaml", "Missing --slurm: name the system that the script is for."
    ),
    ("experiment script x.yaml --slurm --threads 0", "--threads is 0; expected at least 1."),
    (
      "encode mnist mnist -o a.csv --pixels",
      "--pixels needs an .npz file; a table holds codes alone."
    ),
    ("experiment criteria x.yaml --threads 0", "--threads is 0; expected at least 1."),
    ("train --resume", "--resume needs --out RUN, or the DATASET whose run is runs/DATASET."),
    (
      "train shapes --epochs 1 --steps 2",
      "--epochs and --steps exclude each other; give one of them."
    ),
    ("train shapes --epochs 0", "epochs is 0; expected at least 1."),
    ("train shapes --steps -1", "steps is -1; expected at least 1."),
    (
      "train shapes --continuous 0 --discrete none",
      "latents is 0 + []; expected at least one continuous or discrete variable."
    ),
    ("train shapes --continuous -3", "continuous latents is -3; expected a number from 0 to 4096."),
    (
      "train shapes --discrete 4,0",
      "discrete latents is [4, 0]; expected from 1 to 4096 categories for each variable."
    ),
    (
      "train shapes --discrete 4,x",
      "The value '4,x' is invalid for '--discrete <K,...>': discrete is 4,x; expected numbers of categories with commas, such as 10 or 4,3, or none"
    ),
    ("train shapes --learning-rate -0.1", "learning rate is -0.1; expected a number above 0."),
    ("train shapes --learning-rate nan", "learning rate is nan; expected a number above 0."),
    ("train shapes --learning-rate inf", "learning rate is inf; expected a number above 0."),
    (
      "train shapes --learning-rate fast",
      "The value 'fast' is invalid for '--learning-rate <rate>': learning rate is \"fast\"; expected a number"
    ),
    ("train shapes --temperature 0", "temperature is 0.0; expected a number above 0."),
    (
      "train shapes --momentum 0.9",
      "momentum is 0.9; expected none with adam; it goes with sgd."
    ),
    (
      "train shapes --optimizer sgd --momentum 1",
      "momentum is 1.0; expected at least 0 and below 1."
    ),
    ("train shapes --adam-betas 1,0.5", "adam beta1 is 1.0; expected at least 0 and below 1."),
    (
      "train shapes --adam-betas 0.5",
      "The value '0.5' is invalid for '--adam-betas <B1,B2>': adam betas is \"0.5\"; expected 2 numbers with commas"
    ),
    ("train shapes --gradient-clip 0", "gradient clip is 0.0; expected a number above 0."),
    (
      "train shapes --gradient-clip off",
      "The value 'off' is invalid for '--gradient-clip <NORM>': gradient clip is \"off\"; expected a number or none"
    ),
    (
      "train shapes --optimizer rmsprop",
      "The value 'rmsprop' is invalid for '--optimizer <name>': optimizer is \"rmsprop\"; expected adam or sgd"
    ),
    (
      "train shapes --loss l1",
      "The value 'l1' is invalid for '--loss <loss>': loss is l1; expected one of bce, continuous-bernoulli, mse, cauchy, robust, robust-likelihood, adaptive, multicauchy, laplace, gaussian"
    ),
    (
      "train shapes --loss cauchy:0",
      "The value 'cauchy:0' is invalid for '--loss <loss>': loss is cauchy:0; expected cauchy:C with a scale C above 0, such as cauchy:0.5"
    ),
    (
      "train shapes --continuous-capacity 0,5",
      "The value '0,5' is invalid for '--continuous-capacity <min,max,steps,gamma>': continuous capacity is 0,5; expected minimum,maximum,steps,weight, such as 0,5,25000,30, and perhaps a later rise, such as 10@30000-40000"
    ),
    (
      "train shapes --discrete-capacity 0,-1,10,30",
      "The value '0,-1,10,30' is invalid for '--discrete-capacity <min,max,steps,gamma>': discrete capacity maximum is -1.0; expected at least the minimum, 0.0 nats"
    ),
    ("train shapes --batch-size 0", "batch size is 0; expected from 1 to 65536 images."),
    (
      "train shapes --image-size 7",
      "The value '7' is invalid for '--image-size <pixels>': image size is 7; expected pixels such as 32, or height and width such as 48x80, each from 8 to 256"
    ),
    (
      "train shapes --image-size 0",
      "The value '0' is invalid for '--image-size <pixels>': image size is 0; expected pixels such as 32, or height and width such as 48x80, each from 8 to 256"
    ),
    (
      "train shapes --image-size 257",
      "The value '257' is invalid for '--image-size <pixels>': image size is 257; expected pixels such as 32, or height and width such as 48x80, each from 8 to 256"
    ),
    (
      "train shapes --image-size 1x1000",
      "The value '1x1000' is invalid for '--image-size <pixels>': image size is 1x1000; expected pixels such as 32, or height and width such as 48x80, each from 8 to 256"
    ),
    (
      "train shapes --image-size 32x",
      "The value '32x' is invalid for '--image-size <pixels>': image size is \"32x\"; expected pixels such as 32, or height and width such as 48x80, each from 8 to 256"
    ),
    (
      "train shapes --channels 0,32,32",
      "channels of img_to_features.0 is 0; expected a multiple of 32 from 32 to 2048."
    ),
    (
      "train shapes --channels -1",
      "channels of img_to_features.0 is -1; expected a multiple of 32 from 32 to 2048."
    ),
    (
      "train shapes --channels 32,10000",
      "channels of img_to_features.2 is 10000; expected a multiple of 32 from 32 to 2048."
    ),
    (
      "train shapes --image-size 28 --channels 32,32,32,32,32,32",
      "channels is 32,32,32,32,32,32; expected at most 5 numbers for images of 28 pixels: "
        + "img_to_features.10 would be empty, as one pixel is left before it."
    ),
    (
      "train shapes --network deep --channels 32,32,32,32,32,32",
      "channels is 32,32,32,32,32,32; expected at most 5 numbers for images of 32 pixels: "
        + "img_to_features.20 would be empty, as one pixel is left before it."
    ),
    ("train shapes --extra-convolutions -1", "extra convolutions is -1; expected from 0 to 8."),
    (
      "train shapes --extra-convolutions 1000000000",
      "extra convolutions is 1000000000; expected from 0 to 8."
    ),
    (
      "train shapes --activation tanh",
      "The value 'tanh' is invalid for '--activation <name>': activation is \"tanh\"; expected relu or leaky-relu"
    ),
    (
      "train shapes --alpha clear",
      "The value 'clear' is invalid for '--alpha <what>': alpha is \"clear\"; expected white, black or keep"
    ),
    (
      "bench --inference --network wide",
      "--inference measures the paper's network, and goes with no option for another."
    ),
    ("bench --extra-convolutions 9", "--extra-convolutions is 9; expected from 0 to 8."),
    (
      "bench --network-channels 32,40",
      "channels of img_to_features.2 is 40; expected a multiple of 32 from 32 to 2048."
    ),
    (
      "train shapes --hidden 100",
      "units of features_to_hidden.0 is 100; expected a multiple of 32 from 32 to 2048."
    ),
    (
      "train shapes --network huge",
      "The value 'huge' is invalid for '--network <name>': network is \"huge\"; expected paper, small, wide or deep"
    ),
    ("train shapes --limit 0", "limit is 0; expected at least 1 image."),
    (
      "train shapes --validation 1.5",
      "The value '1.5' is invalid for '--validation <share>': validation is 1.5; expected a share below 1, such as 0.1, or a number of images"
    ),
    ("train shapes --threads 0", "--threads is 0; expected at least 1."),
    (
      "train shapes --seed -1",
      "The value '-1' is invalid for '--seed <seed>': seed is \"-1\"; expected a whole number"
    ),
    ("train shapes --log-every 0", "log interval is 0; expected at least 1 step."),
    ("train shapes --checkpoint-every 0", "checkpoint interval is 0; expected at least 1 step."),
    (
      "train shapes --recipe best",
      "recipe is best; expected paper, pairs, images or one of mnist, fashion-mnist, dsprites, chairs, celeba, shapes, shapes-rgb."
    ),
    (
      "train shapes --recipe paper",
      "recipe is paper; expected a data set with a published recipe (mnist, fashion-mnist, dsprites, chairs, celeba); shapes has none."
    ),
    ("train shapes --speed 9", "Unknown option '--speed'. Did you mean '--seed'?"),
    ("sample", "Missing expected argument '<model>'"),
    ("sample x -o y.gif", "--output is y.gif; expected a name that ends in .png."),
    ("sample x -o y.png --count 0", "--count is 0; expected at least 1."),
    (
      "sample x -o y.png --category a",
      "The value 'a' is invalid for '--category <category>': expected a category, such as 3, or VARIABLE:CATEGORY, such as 0:3"
    ),
    ("reconstruct x shapes -o y", "--output is y; expected a name that ends in .png."),
    (
      "reconstruct x shapes -o y.png --split both",
      "The value 'both' is invalid for '--split <split>'. Please provide one of 'train', 'test' or 'all'."
    ),
    ("reconstruct x shapes -o y.png --limit -1", "--limit is -1; expected at least 1 image."),
    ("traverse x -o y.jpg", "--output is y.jpg; expected a name that ends in .png or .gif."),
    (
      "traverse x -o y.png --latent q",
      "The value 'q' is invalid for '--latent <latent>': latent is q; expected z and a number, such as z3, or c and a number, such as c0"
    ),
    (
      "traverse x -o y.png --latent z1 --all",
      "--latent, --grid and --all exclude each other; give one of them."
    ),
    (
      "traverse x -o y.png --grid z1",
      "The value 'z1' is invalid for '--grid <latent,latent>': expected two different latents, such as z1,c0"
    ),
    (
      "traverse x -o y.gif --grid z1,c0",
      "--grid is a still picture; give --output a name that ends in .png."
    ),
    (
      "traverse x -o y.png --grid z1,c0 --show-kl",
      "--show-kl writes beside rows of one latent each; leave out --grid."
    ),
    ("traverse x -o y.png --image 3", "--image needs --dataset NAME to take the image from."),
    (
      "traverse x -o y.png --image 3 --dataset shapes --from-prior",
      "--from-prior and --image both set the other latents; give one of them."
    ),
    ("traverse x -o y.png --image -1 --dataset shapes", "--image is -1; expected at least 0."),
    ("traverse x -o y.png --size 0", "--size is 0; expected at least 1."),
    ("data show shapes --columns 0", "--columns is 0; expected at least 1."),
    (
      "bench --image-size 257",
      "The value '257' is invalid for '--image-size <pixels>': image size is 257; expected pixels such as 32, or height and width such as 48x80, each from 8 to 256"
    ),
    (
      "bench --channels 5",
      "image channels is 5; expected from 1 to 4, such as 1 (gray) or 3 (red, green and blue)."
    ),
    ("bench --threads 0", "--threads is 0; expected at least 1."),
    (
      "train shapes --epochs --steps 2",
      "The value '--steps' is invalid for '--epochs <N>': epochs is \"--steps\"; expected a whole number"
    ),
    ("bench --rounds 0", "--rounds is 0; expected at least 1."),
    ("evaluate", "Missing expected argument '<model> ... <dataset> ...'"),
    (
      "evaluate x --confusion y.txt",
      "--confusion is y.txt; expected a name that ends in .png or .csv."
    ),
    (
      "evaluate x y shapes --confusion y.png",
      "--confusion draws one model's matrix, and there are 2 models; name one."
    ),
    ("evaluate x --limit 0", "--limit is 0; expected at least 1."),
    ("evaluate x --threads 0", "--threads is 0; expected at least 1."),
    (
      "evaluate x --importance-samples -1",
      "--importance-samples is -1; expected from 0 to 1000000."
    ),
    (
      "evaluate x --split both",
      "The value 'both' is invalid for '--split <split>'. Please provide one of 'train', 'validation', 'test' or 'all'."
    ),
    ("convert x", "Missing TO: name the file to write."),
    (
      "convert x y.zip",
      "TO is y.zip; expected a name that ends in .safetensors, .pt, .pth or .onnx."
    ),
    (
      "train shapes --loss robust:9,1",
      "The value 'robust:9,1' is invalid for '--loss <loss>': robust alpha is 9.0; expected at most 4.0, or -inf"
    ),
    ("loss-chart", "Missing expected argument '--output <output>'"),
    ("loss-chart -o y.pdf", "--output is y.pdf; expected a name that ends in .svg or .png."),
    ("loss-chart -o y.svg --range 0", "range is 0.0; expected a number from 0.01 to 100."),
    (
      "loss-chart -o y.svg --loss mse --loss mse", "loss is mse; expected each loss once."
    ),
    (
      "loss-chart -o y.svg --loss adaptive",
      "loss is adaptive; expected one with a fixed curve, such as robust-likelihood:1,0.1; adaptive learns its alpha and scale."
    ),
    ("train shapes --restarts 0", "restarts is 0; expected from 1 to 1000 seeds."),
    ("train shapes --restarts two", "The value 'two' is invalid for '--restarts <N>'"),
    (
      "train shapes --restarts 2 --restart-steps 0", "restart steps is 0; expected at least 1."
    ),
    ("train shapes --choose udr", "--choose needs --restarts N, the number of seeds."),
    (
      "train shapes --restarts 1 --choose udr",
      "restarts is 1; expected at least 2 seeds, which the choice by udr compares."
    ),
    (
      "traverse x y -o z.png --latent z1",
      "--latent goes with one model, and there are 2; name one."
    ),
    ("traverse x y -o z.gif", "--output is z.gif; expected a name that ends in .png."),
    (
      "evaluate x --scores mig",
      "The value 'mig' is invalid for '--scores <kind,...>': scores is mig; expected disentanglement or probes or samples"
    ),
    ("train shapes --restart-steps 9", "--restart-steps needs --restarts N, the number of seeds."),
    ("train shapes --live-port 8000", "--live-port needs --live, which serves the page."),
    (
      "train shapes --live --live-port 0", "--live-port is 0; expected a number from 1 to 65535."
    ),
    (
      "train shapes --live --live-port 70000",
      "--live-port is 70000; expected a number from 1 to 65535."
    ),
    ("suggest-capacity", "Missing expected argument '<dataset>'"),
    ("suggest-capacity shapes --beta 0", "beta is 0.0; expected a number above 0."),
    ("suggest-capacity shapes --steps 5", "steps is 5; expected from 25 to 1000000."),
    ("suggest-capacity shapes --threads 0", "--threads is 0; expected at least 1."),
    (
      "suggest-capacity shapes --weights 30,5",
      "weights is 30,5; expected 1 to 20 numbers above 0, each above the one before, such as 5,15,30."
    ),
    (
      "suggest-capacity shapes --weights 5,x",
      "The value '5,x' is invalid for '--weights <gamma,...>': expected numbers with commas, such as 5,15,30"
    ),
    (
      "suggest-capacity shapes --image-size 8x7",
      "The value '8x7' is invalid for '--image-size <pixels>': image size is 8x7; expected pixels such as 32, or height and width such as 48x80, each from 8 to 256"
    ),
    (
      "juggle",
      "\"juggle\" is no command. The commands are train, sample, reconstruct, traverse, explore, interpolate, name, models, "
        + "encode, evaluate, fit, merge, report, experiment, info, convert, card, data, suggest-capacity, loss-chart, bench."
    ),
  ]

  @Test("Every mistake in a call gets its own sentence and exit code 64", arguments: mistakes)
  func mistake(call: String, sentence: String) throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).run(call.split(separator: " ").map(String.init))
      let first = output.standardError.split(separator: "\n").first.map(String.init)
      #expect(first == "Error: \(sentence)")
      #expect(output.standardOutput == "")
      #expect(output.exitCode == 64)
      let left = try fileNames(in: folder)
      #expect(left == [])
    }
  }
}
