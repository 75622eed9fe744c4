// What every processor of this architecture has; no fused multiply-add, so the bits differ from the other sets'.
#define TILES_NAME ctilesBaseline
#define TILES_LABEL "baseline"
#define TILES_FUSED 0
#define TILES_WIDEN 0
#define TILE_LANES 4
#define TILE_ROWS 2
#define TILE_CHANNELS 16
#define NARROW_CHANNELS 32
#include "Tiles.inc"
