const LINEAR = 64;
const PER_OCTAVE = 32;
const OCTAVES = 27;

/**
 * Latencies in buckets whose width grows with the value, after HdrHistogram: 32 per power of two, so a quantile is at most
 * 1.6 % off, from 1 microsecond to about an hour, in 4 KB.
 */
export class LatencyHistogram {
  private readonly counts = new Uint32Array(LINEAR + PER_OCTAVE * OCTAVES);
  private total = 0;

  record(milliseconds: number): void {
    this.counts[bucketOf(milliseconds * 1000)]!++;
    this.total++;
  }

  /** The value below which the share `quantile` of the recorded ones lies; null without any. */
  quantile(quantile: number): number | null {
    if (this.total === 0) return null;
    const rank = Math.max(1, Math.ceil(quantile * this.total));
    let seen = 0;
    for (let bucket = 0; bucket < this.counts.length; bucket++) {
      seen += this.counts[bucket]!;
      if (seen >= rank) return middleOf(bucket) / 1000;
    }
    return middleOf(this.counts.length - 1) / 1000;
  }
}

function bucketOf(microseconds: number): number {
  const value = Math.max(0, Math.min(Math.floor(microseconds), 2 ** (OCTAVES + 6) - 1));
  if (value < LINEAR) return value;
  const octave = Math.floor(Math.log2(value)) - 5;
  return LINEAR + (octave - 1) * PER_OCTAVE + (Math.floor(value / 2 ** octave) - PER_OCTAVE);
}

function middleOf(bucket: number): number {
  if (bucket < LINEAR) return bucket;
  const octave = Math.floor((bucket - LINEAR) / PER_OCTAVE) + 1;
  return (PER_OCTAVE + ((bucket - LINEAR) % PER_OCTAVE) + 0.5) * 2 ** octave;
}
