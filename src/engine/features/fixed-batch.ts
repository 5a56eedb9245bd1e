import type { FloatTensor, Session } from "./types.ts";

/** A session of a network that takes exactly `size` pictures at a time, for any number of them: the last run is filled with zeros. */
export function inBatchesOf(session: Session, size: number): Session {
  return {
    run: async (input) => {
      const [count = 0, ...picture] = input.dims;
      if (count === size) return session.run(input);
      const length = input.data.length / count;
      const outputs: FloatTensor[] = [];
      for (let start = 0; start < count; start += size) {
        const data = new Float32Array(size * length);
        data.set(input.data.subarray(start * length, Math.min(start + size, count) * length));
        outputs.push(await session.run({ data, dims: [size, ...picture] }));
      }
      return joinOutputs(outputs, count);
    },
    close: () => session.close(),
  };
}

/** The first `count` items of batches of one shape. */
function joinOutputs(outputs: readonly FloatTensor[], count: number): FloatTensor {
  const [first] = outputs;
  if (!first) throw new RangeError("Expected at least one picture in the batch.");
  const [size = 1, ...item] = first.dims;
  const length = first.data.length / size;
  const data = new Float32Array(count * length);
  outputs.forEach((output, index) => {
    const left = Math.min(size, count - index * size);
    data.set(output.data.subarray(0, left * length), index * size * length);
  });
  return { data, dims: [count, ...item] };
}
