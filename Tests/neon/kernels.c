// Runs every kernel of an instruction set on fixed inputs, and prints a digest of what each writes.
//
//   kernels NAME      such as avx2 or neon; exits with 3 when this processor or this build lacks it
//
// Sets with a fused multiply-add have to print the same lines. Each result is also compared with the baseline's, which
// is plain C: a kernel that is wrong in the same way everywhere is not right.
#include "CTiles.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 1 << 16 };

static const CTiles *tiles, *baseline;
static float input[ROOM], weights[ROOM], bias[ROOM], mask[ROOM], start[ROOM];
static uint8_t bytes[ROOM];
static uint16_t halves[ROOM];
static float output[2][ROOM], second[2][ROOM], third[2][ROOM];
static int failures;

// Numbers from -1 to 1 that are exact in every arithmetic.
static void fill(float *values, uint64_t seed) {
  uint64_t state = seed * 0x9E3779B97F4A7C15u + 1;
  for (int i = 0; i < ROOM; i++) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    values[i] = (float)((int32_t)(state >> 40) - (1 << 23)) / (float)(1 << 23);
  }
}

// FNV-1a, with a float's bits in place of a byte.
static uint64_t digest(const float *values) {
  uint64_t hash = 0xCBF29CE484222325u;
  for (int i = 0; i < ROOM; i++) {
    uint32_t bits;
    memcpy(&bits, values + i, 4);
    hash = (hash ^ bits) * 0x100000001B3u;
  }
  return hash;
}

// The kernels write to `output`, `second` and `third` of one of two sets of buffers.
static void prepare(int set) {
  memcpy(output[set], start, sizeof start);
  memcpy(second[set], start + 7, sizeof start - 7 * sizeof *start);
  // Second moments are not negative.
  for (int i = 0; i < ROOM; i++) third[set][i] = fabsf(start[i]);
}

static void report(const char *kernel, const char *label, double tolerance) {
  double worst = 0;
  for (int i = 0; i < ROOM; i++) {
    const double difference = fabs((double)output[0][i] - output[1][i]) / (1 + fabs((double)output[1][i]));
    if (!(difference <= worst)) worst = difference;
  }
  // `!(a <= b)` also holds for what is no number.
  const int isWrong = !(worst <= tolerance);
  failures += isWrong;
  printf(
      "%-18s %-34s %016llx %016llx %016llx%s\n", kernel, label, (unsigned long long)digest(output[0]),
      (unsigned long long)digest(second[0]), (unsigned long long)digest(third[0]), isWrong ? "  <- is wrong" : "");
}

// Both sets, and a line. In `call`, `k` is the table and `s` the number of the set of buffers.
#define RUN(kernel, label, tolerance, call)         \
  do {                                              \
    for (int s = 0; s < 2; s++) {                   \
      const CTiles *k = s == 0 ? tiles : baseline;  \
      prepare(s);                                   \
      call;                                         \
    }                                               \
    report(kernel, label, tolerance);               \
  } while (0)

static char label[64];

static void products(void) {
  static const ptrdiff_t runs[][2] = {{1, 32}, {4, 128}, {2, 64}, {1, 1024}, {3, 96}, {4, 4}};
  for (int shape = 0; shape < 6; shape++) {
    for (int ending = 0; ending < 4; ending++) {
      CTilesProduct t = {
          .input0 = input, .input1 = input + 4200, .inputPixel = 1040, .inputRow = 260, .rows = runs[shape][0],
          .run = runs[shape][1], .weights = weights, .bias = ending == 0 ? NULL : bias, .outputPixel = 320,
          .rectifies = ending == 1 || ending == 2, .slope = ending >= 2 ? 0.2f : 0};
      const ptrdiff_t panel = t.rows * t.run * 32 % (ROOM / 4);
      snprintf(label, sizeof label, "%td x %td, ending %d", t.rows, t.run, ending);
#define PLACES                                            \
  t.output0 = output[s], t.output1 = output[s] + 2000,    \
  t.mask0 = ending == 3 ? mask : NULL, t.mask1 = ending == 3 ? mask + 2000 : NULL
      RUN("product", label, 1e-4, (PLACES, k->product(&t)));
      for (ptrdiff_t pixels = 1; pixels <= 4; pixels *= 2) {
        for (ptrdiff_t panels = 1; panels <= (panel < ROOM / 8 ? 4 : 1); panels++) {
          snprintf(
              label, sizeof label, "%td x %td, %td by %td, ending %d", t.rows, t.run, pixels, panels, ending);
          RUN("narrowProduct", label, 1e-4, (PLACES, k->narrowProduct(&t, pixels, panels, panel)));
          RUN("narrowHalves", label, 1e-4, (PLACES, k->narrowHalves(&t, halves, pixels, panels, panel)));
        }
      }
    }
  }
}

static void outerProducts(void) {
  for (ptrdiff_t accumulates = 0; accumulates < 2; accumulates++) {
    for (ptrdiff_t width = 1; width <= 16; width *= 4) {
      CTilesOuterProduct t = {
          .input0 = input, .input1 = input + 5, .inputPixel = 64, .inputRow = 2100, .inputPlane = 9000,
          .gradient = weights, .gradientPixel = 32, .gradientRow = 600, .gradientPlane = 7000, .width = width,
          .height = 3, .depth = 2, .accumulates = accumulates};
      snprintf(label, sizeof label, "width %td, accumulates %td", width, accumulates);
      RUN("outerProduct", label, 1e-5, (t.output = output[s], k->outerProduct(&t)));
    }
  }
}

static void dotProducts(void) {
  for (ptrdiff_t groups = 1; groups <= 4; groups *= 2) {
    for (ptrdiff_t run = 64; run <= 256; run += 64) {
      CTilesDots t = {
          .input = input, .inputPixel = 48, .inputRow = 1100, .inputGroup = 2300, .run = run, .weights = weights,
          .bias = 0.125f, .groups = groups, .outputPixel = 2, .outputGroup = 80};
      snprintf(label, sizeof label, "%td groups, run %td", groups, run);
      RUN("dots", label, 1e-4, (t.output = output[s], k->dots(&t)));
    }
  }
}

static void transformations(ptrdiff_t side) {
  for (ptrdiff_t count = 1; count <= 8; count += 3) {
    for (ptrdiff_t run = 16; run <= 64; run += 48) {
      CTilesPoints t = {
          .side = side, .input = input, .inputPixel = 64, .inputRow = 2500, .tiles = count, .run = run,
          .point = 1000, .tile = 80};
      snprintf(label, sizeof label, "side %td, %td tiles, run %td", side, count, run);
      RUN("patchPoints", label, 1e-5, (t.points = output[s], k->patchPoints(&t)));
      RUN("pixelPoints", label, 1e-5, (t.points = output[s], k->pixelPoints(&t)));
      RUN("filterPoints", label, 1e-5, (t.points = output[s], k->filterPoints(&t)));
      for (int ending = 0; ending < 4; ending++) {
        const float *someBias = ending == 0 ? NULL : bias, *someMask = ending == 3 ? mask : NULL;
        const ptrdiff_t rectifies = ending == 1 || ending == 2;
        const float slope = ending >= 2 ? 0.2f : 0;
        CTilesFold f = {
            .side = side, .points = input, .point = 1000, .tile = 80, .tiles = count, .run = run,
            .outputPixel = 64, .outputRow = 2200, .bias = someBias, .mask = someMask, .rectifies = rectifies,
            .slope = slope};
        snprintf(label, sizeof label, "side %td, %td tiles, run %td, ending %d", side, count, run, ending);
        RUN("foldPoints", label, 1e-5, (f.output = output[s], k->foldPoints(&f)));
        for (int edges = 0; edges < 8; edges++) {
          const int first = edges & 1, hasAbove = edges & 2, hasBelow = edges & 4;
          if (!hasAbove && !hasBelow) continue;
          CTilesOverlap o = {
              .side = side, .above = hasAbove ? input : NULL, .below = hasBelow ? input + 26000 : NULL,
              .point = 1000, .tile = 80, .tiles = count, .run = run, .outputPixel = 64, .outputRow = 2200,
              .firstPixel = first, .writesUpper = hasAbove != 0, .writesLower = hasBelow != 0,
              .bias = someBias, .mask = someMask, .rectifies = rectifies, .slope = slope};
          snprintf(
              label, sizeof label, "side %td, %td tiles, run %td, %d, %d", side, count, run, ending, edges);
          RUN("overlapPoints", label, 1e-5, (o.output = output[s], k->overlapPoints(&o)));
        }
      }
    }
  }
}

static void pointProducts(void) {
  static const ptrdiff_t shapes[][3] = {{9, 160, 1}, {9, 64, 2}, {25, 32, 2}, {25, 64, 1}};
  for (int shape = 0; shape < 4; shape++) {
    for (ptrdiff_t count = 1; count <= 13; count++) {
      CTilesPointProduct t = {
          .input = input, .inputPoint = 2300, .inputTile = 176, .run = shapes[shape][1], .weights = weights,
          .outputPoint = 1300, .outputTile = 80, .points = shapes[shape][0], .tiles = count,
          .panels = shapes[shape][2]};
      snprintf(label, sizeof label, "%td points, %td tiles, %td by %td", t.points, count, t.run, t.panels);
      RUN("pointProduct", label, 1e-4, (t.output = output[s], k->pointProduct(&t)));
    }
  }
}

static void pointGradients(ptrdiff_t side) {
  for (ptrdiff_t channels = 32; channels <= 64; channels += 32) {
    for (ptrdiff_t count = 1; count <= 6; count++) {
      for (ptrdiff_t accumulates = 0; accumulates < 2; accumulates++) {
        CTilesPointGradient t = {
            .side = side, .big = input, .bigPoint = 1800, .bigTile = 4 * channels + 16, .small = weights,
            .smallPoint = 1000, .smallTile = 80, .tiles = count, .channels = channels, .panels = 64 / channels,
            .accumulates = accumulates};
        snprintf(
            label, sizeof label, "side %td, %td tiles, %td channels, %td", side, count, channels, accumulates);
        RUN("pointGradient", label, 1e-4, (t.gradient = output[s], k->pointGradient(&t)));
      }
    }
  }
}

static void rows(void) {
  static const ptrdiff_t counts[] = {1, 5, 16, 17, 31, 32, 100, 1024};
  RUN("transpose", "16 x 16", 0, k->transpose(input, 70, output[s], 50));
  for (int i = 0; i < 8; i++) {
    const ptrdiff_t count = counts[i];
    snprintf(label, sizeof label, "%td", count);
    RUN("channelSums", label, 1e-5, k->channelSums(input, count % 64, 32, output[s]));
    RUN("bytesToFloats", label, 0, k->bytesToFloats(bytes, output[s], count));
    RUN("sigmoid", label, 1e-6, k->sigmoid(output[s], count));
    RUN("exponential", label, 1e-6, {
      for (int j = 0; j < count; j++) output[s][j] = -90 * fabsf(output[s][j]);
      k->exponential(output[s], count);
    });
    // The sum goes behind what the kernel writes.
    RUN("binaryCrossEntropy", label, 1e-5,
        output[s][count] = k->binaryCrossEntropy(output[s], bytes, count, 0.7f));
    RUN("meanSquaredError", label, 1e-5,
        output[s][count] = k->meanSquaredError(output[s], bytes, count, 0.7f));
    RUN("cauchy", label, 1e-5, output[s][count] = k->cauchy(output[s], bytes, count, 0.7f, 8));
    RUN("add", label, 0, k->add(output[s], input, (count + 15) / 16 * 16));
  }
  const CTilesAdam adam = {0.9f, 0.1f, 0.999f, 0.001f, 1e-8f, 5e-4f, 31.6f};
  for (ptrdiff_t count = 16; count <= 4096; count *= 4) {
    snprintf(label, sizeof label, "%td", count);
    RUN("adam", label, 1e-5, k->adam(output[s], second[s], third[s], input, count, &adam));
    RUN("sgd", label, 1e-5, k->sgd(output[s], second[s], input, count, 0.01f, 0.9f));
  }
}

int main(int count, char **arguments) {
  const char *name = count == 2 ? arguments[1] : "";
  tiles = ctiles_named(name);
  baseline = ctiles_named("baseline");
  if (!tiles || !baseline) {
    fprintf(stderr, "kernels: this processor or this build has no instructions called '%s'\n", name);
    return 3;
  }
  fill(input, 1);
  fill(weights, 2);
  fill(bias, 3);
  fill(mask, 4);
  fill(start, 5);
  for (int i = 0; i < ROOM; i++) bytes[i] = (uint8_t)(i * 37 + i / 256);
  // Of either sign and below 1, those without an exponent too.
  for (int i = 0; i < ROOM; i++) halves[i] = (uint16_t)((i * 40503 & 0x83ff) | i * 7 % 15 << 10);
  products();
  outerProducts();
  dotProducts();
  for (ptrdiff_t side = 2; side <= 4; side += 2) {
    transformations(side);
    pointGradients(side);
  }
  pointProducts();
  rows();
  if (failures) fprintf(stderr, "kernels: %d results of %s differ from plain C's\n", failures, name);
  return failures ? 1 : 0;
}
