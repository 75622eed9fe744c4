// NEON: 32 registers of 4 floats hold 4 pixels x 16 channels.
#if defined(__aarch64__)
#define TILES_NAME ctilesNEON
#define TILES_LABEL "neon"
#define TILES_FUSED 1
#define TILES_WIDEN 1
#define TILE_LANES 4
#define TILE_ROWS 4
#define TILE_CHANNELS 16
#define NARROW_CHANNELS 64
#include "Tiles.inc"
#else
typedef int ctilesNoNEON;
#endif
