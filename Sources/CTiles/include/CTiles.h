// The micro-kernels: the innermost loops, in clang's vector types, compiled once for each instruction set.
//
// Every function works on float32 and adds in an order that does not depend on the instruction set, so all sets with
// a fused multiply-add give the same bits. The baseline has none and rounds twice. See docs/performance.md.
#ifndef CTILES_H
#define CTILES_H

#include <stddef.h>
#include <stdint.h>

// A matrix product of 8 pixels by 32 channels:
// output[p][c] = bias[c] + sum over r < rows, i < run of input[p][r * inputRow + i] * weights[r * run + i][c].
// Pixels 0-3 start at input0 and follow each other by inputPixel floats; pixels 4-7 likewise from input1.
typedef struct {
  const float *_Nonnull input0, *_Nonnull input1;
  ptrdiff_t inputPixel, inputRow;
  ptrdiff_t rows, run;
  const float *_Nonnull weights;  // [rows * run][32]
  const float *_Nullable bias;    // [32]; null: zeros
  float *_Nonnull output0, *_Nonnull output1;
  ptrdiff_t outputPixel;
  const float *_Nullable mask0, *_Nullable mask1;  // laid out as the output, times slope where they are not above 0
  ptrdiff_t rectifies;                             // not 0: negative outputs are multiplied by slope
  float slope;                                     // from 0, which is ReLU, to below 1
} CTilesProduct;

// A sum of outer products over depth x height x width pixels, 8 inputs by 32 channels:
// output[k][c] (+)= sum over pixels of input[k] * gradient[c]; inputs 0-3 stand at input0, 4-7 at input1.
typedef struct {
  const float *_Nonnull input0, *_Nonnull input1;
  ptrdiff_t inputPixel, inputRow, inputPlane;
  const float *_Nonnull gradient;
  ptrdiff_t gradientPixel, gradientRow, gradientPlane;
  ptrdiff_t width, height, depth;
  float *_Nonnull output;  // [8][32]
  ptrdiff_t accumulates;   // 0: the output is overwritten
} CTilesOuterProduct;

// 16 dot products of 2 x run floats with the same weights: output[q] = bias + sum input[q] * weights.
// Pixels q stand in `groups` groups of 16 / groups neighbors.
typedef struct {
  const float *_Nonnull input;
  ptrdiff_t inputPixel, inputRow;  // inputRow: from the first run of a pixel to its second
  ptrdiff_t inputGroup;            // between groups
  ptrdiff_t run;                   // a multiple of 64
  const float *_Nonnull weights;   // [2][run]
  float bias;
  ptrdiff_t groups;                // 1, 2 or 4
  float *_Nonnull output;
  ptrdiff_t outputPixel, outputGroup;
} CTilesDots;

// Winograd's transformations, which docs/engine.md derives. A tile has side x side small pixels, where side is 2 or 4.
// It has (side + 1)^2 points: the products that stand for side^2 pixels.
// Point p of tile t, channel i, stands at points[p * point + t * tile + i].

// A row of tiles of a plane to their points. `run` is a multiple of 16.
typedef struct {
  ptrdiff_t side;
  const float *_Nonnull input;  // the upper left pixel of tile 0; tile t stands side * t pixels to its right
  ptrdiff_t inputPixel, inputRow;
  ptrdiff_t tiles, run;
  float *_Nonnull points;
  ptrdiff_t point, tile;
} CTilesPoints;

// The points of a row of tiles to tiles of side x side pixels.
typedef struct {
  ptrdiff_t side;
  const float *_Nonnull points;
  ptrdiff_t point, tile;
  ptrdiff_t tiles, run;
  float *_Nonnull output;  // the upper left pixel of tile 0
  ptrdiff_t outputPixel, outputRow;
  const float *_Nullable bias;  // [run]; null: zeros
  const float *_Nullable mask;  // laid out as the output, which is multiplied by slope where the mask is not above 0
  ptrdiff_t rectifies;          // not 0: negative outputs are multiplied by slope
  float slope;
} CTilesFold;

// The points of two rows of tiles to the side rows of pixels that begin where the tiles of the lower row do. Tiles
// cover side + 1 pixels in each direction and overlap by one, where their parts are added.
typedef struct {
  ptrdiff_t side;
  const float *_Nullable above, *_Nullable below;  // the points of tile 0 of either row; null: zeros
  ptrdiff_t point, tile;
  ptrdiff_t tiles, run;
  float *_Nonnull output;  // pixel 0 of the upper row, the first of tile 0; there are side * tiles + 1 in a row
  ptrdiff_t outputPixel, outputRow;
  ptrdiff_t firstPixel;                 // 0 or 1: of the side * tiles + 1 pixels, side * tiles are written from here on
  ptrdiff_t writesUpper, writesLower;  // not 0: the first row of pixels is written, the others are; they need `below`
  const float *_Nullable bias;          // [run]; null: zeros
  const float *_Nullable mask;          // laid out as the output, times slope where the mask is not above 0
  ptrdiff_t rectifies;                  // not 0: negative outputs are multiplied by slope
  float slope;
} CTilesOverlap;

// A matrix product for each point:
// output[p][t][c] = sum over i < run of input[p][t][i] * weights[p][c / 32][i][c % 32].
typedef struct {
  const float *_Nonnull input;
  ptrdiff_t inputPoint, inputTile;
  ptrdiff_t run;
  const float *_Nonnull weights;  // [points][panels][run][32]
  float *_Nonnull output;         // with room for a multiple of 4 tiles
  ptrdiff_t outputPoint, outputTile;
  ptrdiff_t points, tiles, panels;
} CTilesPointProduct;

// The gradient by a filter: the sum over tiles of big[p][t][k] * small[p][t][s], from points to taps.
typedef struct {
  ptrdiff_t side;
  const float *_Nonnull big;
  ptrdiff_t bigPoint, bigTile;
  const float *_Nonnull small;
  ptrdiff_t smallPoint, smallTile;
  ptrdiff_t tiles;
  ptrdiff_t channels;       // B, a multiple of 32; k is (dy, dx, b)
  ptrdiff_t panels;         // S / 32
  float *_Nonnull gradient;  // [S / 32][ky][kx][B][32]
  ptrdiff_t accumulates;    // 0: the gradient is overwritten
} CTilesPointGradient;

// What Adam needs besides the arrays: lr / (1 - beta1^t), 1 / sqrt(1 - beta2^t).
// rest1 = 1 - beta1 and rest2 = 1 - beta2 are rounded from exact values: 1 - 0.999f is off by 1.3e-5 of itself.
typedef struct {
  float beta1, rest1, beta2, rest2, epsilon, stepSize, inverseRootCorrection;
} CTilesAdam;

// The functions for one instruction set.
typedef struct {
  const char *_Nonnull name;
  ptrdiff_t isFused;
  void (*_Nonnull product)(const CTilesProduct *_Nonnull);
  // The same, to the bit, for 1, 2 or 4 pixels from input0, and any number of panels of 32 channels: their weights
  // stand `panelWeights` floats apart, their bias, mask and output one after the other.
  void (*_Nonnull narrowProduct)(
      const CTilesProduct *_Nonnull, ptrdiff_t pixels, ptrdiff_t panels, ptrdiff_t panelWeights);
  // The same with weights of 16 bits (IEEE 754 binary16) in place of the product's: `weights` is laid out alike.
  void (*_Nonnull narrowHalves)(
      const CTilesProduct *_Nonnull, const uint16_t *_Nonnull weights, ptrdiff_t pixels, ptrdiff_t panels,
      ptrdiff_t panelWeights);
  void (*_Nonnull outerProduct)(const CTilesOuterProduct *_Nonnull);
  void (*_Nonnull dots)(const CTilesDots *_Nonnull);
  // (side + 1)^2 pixels d to points B' d B.
  void (*_Nonnull patchPoints)(const CTilesPoints *_Nonnull);
  // side^2 pixels y to points A y A'.
  void (*_Nonnull pixelPoints)(const CTilesPoints *_Nonnull);
  // 2 x 2 taps g of a filter to points G g G'.
  void (*_Nonnull filterPoints)(const CTilesPoints *_Nonnull);
  // Points m to side^2 pixels A' m A: the adjoint of pixelPoints.
  void (*_Nonnull foldPoints)(const CTilesFold *_Nonnull);
  // Points m to sums of (side + 1)^2 pixels B m B': the adjoint of patchPoints.
  void (*_Nonnull overlapPoints)(const CTilesOverlap *_Nonnull);
  void (*_Nonnull pointProduct)(const CTilesPointProduct *_Nonnull);
  void (*_Nonnull pointGradient)(const CTilesPointGradient *_Nonnull);
  // destination[j][i] = source[i][j] for a block of 16 x 16.
  void (*_Nonnull transpose)(
      const float *_Nonnull source, ptrdiff_t sourceRow, float *_Nonnull destination, ptrdiff_t destinationRow);
  // sums[0..<channels] += each channel over `width` pixels; channels is a multiple of 16.
  void (*_Nonnull channelSums)(
      const float *_Nonnull input, ptrdiff_t width, ptrdiff_t channels, float *_Nonnull sums);
  // destination = source / 255.
  void (*_Nonnull bytesToFloats)(const uint8_t *_Nonnull source, float *_Nonnull destination, ptrdiff_t count);
  // values = 1 / (1 + exp(-values)).
  void (*_Nonnull sigmoid)(float *_Nonnull values, ptrdiff_t count);
  // values = exp(values), of values that are not above 0.
  void (*_Nonnull exponential)(float *_Nonnull values, ptrdiff_t count);
  // The losses of logits against bytes / 255: returns the sum, puts scale * derivative by the logit in their place.
  float (*_Nonnull binaryCrossEntropy)(
      float *_Nonnull logits, const uint8_t *_Nonnull targets, ptrdiff_t count, float scale);
  float (*_Nonnull meanSquaredError)(
      float *_Nonnull logits, const uint8_t *_Nonnull targets, ptrdiff_t count, float scale);
  // inverse = 1 / c.
  float (*_Nonnull cauchy)(
      float *_Nonnull logits, const uint8_t *_Nonnull targets, ptrdiff_t count, float scale, float inverse);
  // sum[i] += addend[i].
  void (*_Nonnull add)(float *_Nonnull sum, const float *_Nonnull addend, ptrdiff_t count);
  // count is a multiple of 16 for both optimizers.
  void (*_Nonnull adam)(
      float *_Nonnull weights, float *_Nonnull first, float *_Nonnull second, const float *_Nonnull gradient,
      ptrdiff_t count, const CTilesAdam *_Nonnull settings);
  void (*_Nonnull sgd)(
      float *_Nonnull weights, float *_Nonnull velocity, const float *_Nonnull gradient, ptrdiff_t count,
      float learningRate, float momentum);
  // Nothing but independent multiply-adds in registers; returns the floating-point operations done.
  double (*_Nonnull peak)(ptrdiff_t rounds, float *_Nonnull sink);
} CTiles;

// The functions for an instruction set, by name: "avx512", "avx2", "neon", "baseline"; null when this processor or
// this build has none of that name.
const CTiles *_Nullable ctiles_named(const char *_Nonnull name);

// Tells the processor that this thread waits in a loop.
static inline void ctiles_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ __volatile__("yield");
#endif
}

#endif
