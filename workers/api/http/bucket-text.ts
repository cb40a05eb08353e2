import { BUCKET_WIDTH } from "../../../src/shared/tile/bucket-price.ts";

/** The `bucket` parameter that means so many buckets. */
export function bucketText(buckets: number): string {
  return String(Number((buckets * BUCKET_WIDTH).toFixed(4)));
}
