"""Reads the tensors of a PyTorch checkpoint in the format used before 1.6, without PyTorch.

Layout: five pickles (magic number, protocol version, system information, the object, the storage keys), then for each
key its element count as int64 and its elements. Only the three names a state dict needs may be unpickled.
"""

import collections
import pickle

import numpy as np

MAGIC_NUMBER = 0x1950A86A20F9469CFC6C
DTYPES = {"FloatStorage": np.float32, "LongStorage": np.int64}


class _Storage:
    def __init__(self, dtype):
        self.dtype = np.dtype(dtype).newbyteorder("<")
        self.values = None


class _Tensor:
    def __init__(self, storage, offset, shape, strides, *_):
        self.storage, self.offset, self.shape, self.strides = storage, offset, shape, strides

    def to_numpy(self):
        size = self.storage.dtype.itemsize
        view = np.lib.stride_tricks.as_strided(
            self.storage.values[self.offset :], self.shape, [size * step for step in self.strides]
        )
        return np.ascontiguousarray(view)


class _StateDictUnpickler(pickle.Unpickler):
    def __init__(self, file, storages):
        super().__init__(file)
        self.storages = storages

    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _Tensor
        if module == "torch" and name in DTYPES:
            return DTYPES[name]
        raise pickle.UnpicklingError(f"expected a plain state dict, found {module}.{name}")

    def persistent_load(self, identifier):
        _, dtype, key, _, _, view = identifier
        if view is not None:
            raise pickle.UnpicklingError("expected whole storages, found a view")
        return self.storages.setdefault(key, _Storage(dtype))


def read_state_dict(path):
    """Returns {name: array} in the order of the file."""
    storages = {}
    with open(path, "rb") as file:
        if pickle.load(file) != MAGIC_NUMBER:
            raise ValueError(f"{path}: not a PyTorch checkpoint of the format before 1.6")
        pickle.load(file)
        pickle.load(file)
        tensors = _StateDictUnpickler(file, storages).load()
        for key in pickle.load(file):
            storage = storages[key]
            count = int(np.frombuffer(file.read(8), "<i8")[0])
            storage.values = np.frombuffer(file.read(count * storage.dtype.itemsize), storage.dtype)
    return {name: tensor.to_numpy() for name, tensor in tensors.items()}
