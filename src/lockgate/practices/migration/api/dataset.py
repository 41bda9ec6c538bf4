"""What is in each dataset? As its pages tell it."""

from django.http import Http404, HttpRequest
from ninja import Router

from lockgate.faces.web.operation import AsOf, operation
from lockgate.faces.web.page import viewer_of
from lockgate.practices.migration.api.overview import Number
from lockgate.practices.migration.perform.showing.dataset import DatasetLine, ShownDataset, datasets
from lockgate.practices.migration.perform.showing.dataset import dataset as dataset_of
from lockgate.practices.migration.perform.showing.sight import sight_of
from lockgate.programme.server import as_of

router = Router()


@router.get("/migration/datasets", response=list[DatasetLine])
@operation("migration.see")
def list_all(request: HttpRequest, number: Number = None, when: AsOf = "") -> list[DatasetLine]:
    """Return all datasets and how much of each is ready."""
    return datasets(sight_of(viewer_of(request), as_of(when)), number)


@router.get("/migration/datasets/{key}", response=ShownDataset)
@operation("migration.see")
def dataset(request: HttpRequest, key: str, number: Number = None, when: AsOf = "") -> ShownDataset:
    """Return what is in a dataset, with the keys of `lockgate migrate show --dataset KEY --json`."""
    sight = sight_of(viewer_of(request), as_of(when))
    if key not in sight.migration.datasets:
        raise Http404
    return dataset_of(sight, key, number)
