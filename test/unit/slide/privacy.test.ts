import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { openSlideFile } from "../../../src/cli/open-slide.ts";
import { privacyNotes, privateProperties } from "../../../src/engine/slide/privacy.ts";

const FOLDER = resolve("../shared/data/slides");

function fields(properties: Record<string, string>): string[] {
  return privacyNotes(properties).map(({ field, why }) => `${field}: ${why}`);
}

describe("a property that may tell who a patient is", () => {
  test.each([
    [{ "aperio.Filename": "S12-34567 A1" }, "aperio.Filename: a case number"],
    [{ "aperio.Filename": "H2021/12345" }, "aperio.Filename: a case number"],
    [{ "aperio.Filename": "117365" }, "aperio.Filename: a case number"],
    [{ "aperio.Title": "TCGA-06-0125-01Z-00-DX1" }, "aperio.Title: a barcode"],
    [{ "aperio.Title": "Miller, Jane" }, "aperio.Title: a name"],
    [{ "aperio.User": "jane.miller" }, "aperio.User: a name"],
    [{ "aperio.Parmset": "SP-19-1234 strong" }, "aperio.Parmset: a case number"],
    [{ "dicom.PatientName": "Miller^Jane" }, "dicom.PatientName: a name"],
    [{ "dicom.PatientID": "4711" }, "dicom.PatientID: a case number"],
    [{ "dicom.PatientBirthDate": "19570304" }, "dicom.PatientBirthDate: a date of birth"],
    [{ "dicom.AccessionNumber": "90210" }, "dicom.AccessionNumber: a case number"],
    [{ "leica.barcode": "7P1234" }, "leica.barcode: a barcode"],
    [{ "philips.PIM_DP_UFS_BARCODE": "MTIzNDU=" }, "philips.PIM_DP_UFS_BARCODE: a barcode"],
    [{ "hamamatsu.Case ID": "A17" }, "hamamatsu.Case ID: a case number"],
    [{ "ventana.SlideLabel": "B-17 HE" }, "ventana.SlideLabel: a case number"],
    [{ "tiff.ImageDescription": "Patient: Jane Miller" }, "tiff.ImageDescription, Patient: a name"],
    [{ "tiff.ImageDescription": "scan for j.miller@example.org" }, "tiff.ImageDescription: an address"],
    [{ "tiff.ImageDescription": "geb. 04.03.1957, Hirn" }, "tiff.ImageDescription: a date of birth"],
    [{ "tiff.ImageDescription": '{"case_id": "77-12", "levels": 5}' }, "tiff.ImageDescription, case_id: a case number"],
    [
      { "tiff.ImageDescription": '<?xml version="1.0"?><OME><Experimenter ID="E:0" LastName="Miller"/></OME>' },
      "tiff.ImageDescription, LastName: a name",
    ],
    [
      {
        "tiff.ImageDescription":
          '<DataObject><Attribute Name="DICOM_PATIENT_NAME" Group="0x10">Miller</Attribute></DataObject>',
      },
      "tiff.ImageDescription, DICOM_PATIENT_NAME: a name",
    ],
  ])("%o is noted", (properties, expected) => {
    expect(fields(properties)).toEqual([expected]);
  });

  test("is named without what it holds", () => {
    const notes = privacyNotes({ "dicom.PatientName": "Miller^Jane", "aperio.Filename": "S12-34567" });
    expect(JSON.stringify(notes)).not.toMatch(/Miller|34567/);
  });
});

describe("what is to be hidden", () => {
  test("is what is noted, and what repeats it", () => {
    const properties = {
      "aperio.Filename": "S12-34567",
      "aperio.AppMag": "20",
      "tiff.ImageDescription": "Aperio Image Library|AppMag = 20|Filename = S12-34567",
      "tiff.Software": "Aperio Image Library",
    };
    expect([...privateProperties(properties)].sort()).toEqual(["aperio.Filename", "tiff.ImageDescription"]);
    expect(privateProperties({ "aperio.Filename": "CMU-1" }).size).toBe(0);
  });
});

describe("ordinary text of a vendor", () => {
  test.each<[Record<string, string>]>([
    [
      {
        "aperio.ScanScope ID": "SS1302",
        "aperio.AppMag": "20",
        "aperio.ImageID": "1004486",
        "aperio.Date": "12/29/09",
      },
    ],
    [
      {
        "aperio.Filename": "CMU-1",
        "aperio.User": "b414003d-95c6-48b0-9369-8010ed517ba7",
        "aperio.Parmset": "USM Filter",
      },
    ],
    [{ "aperio.ICC Profile": "ScanScope v1", "aperio.Time Zone": "GMT-05:00", "aperio.Exposure Time": "109" }],
    [
      {
        "aperio.User": "admin",
        "aperio.Title": "",
        "aperio.DSR ID": "ap1234-dsr",
        "aperio.Rack": "1",
        "aperio.Slide": "12",
      },
    ],
    [{ "tiff.Make": "Hamamatsu", "tiff.Model": "C9600-12", "tiff.Software": "NDP.scan 2.5.89" }],
    [{ "hamamatsu.NDP.S/N": "870001", "hamamatsu.Product": "C13210-01", "hamamatsu.Created": "2019/07/01" }],
    [{ "leica.device-model": "Leica SCN400;Leica SCN", "leica.creation-date": "2012-04-17T09:36:17Z" }],
    [
      {
        "philips.DICOM_MANUFACTURER": "PHILIPS",
        "philips.DICOM_DEVICE_SERIAL_NUMBER": "FMT0107",
        "philips.DICOM_DATE_OF_LAST_CALIBRATION": "20160916",
      },
    ],
    [{ "ventana.ScannerModel": "VENTANA DP 200", "ventana.UnitNumber": "2000515", "ventana.JP2FileName": "empty" }],
    [
      {
        "dicom.PatientName": "",
        "dicom.PatientID": "Anonymous",
        "dicom.PatientSex": "F",
        "dicom.PatientIdentityRemoved": "YES",
      },
    ],
    [
      {
        "dicom.SpecimenUID": "1.2.826.0.1.3680043.8.498.4711",
        "dicom.ContainerIdentifier": "0a1b2c3d-0000-4000-8000-0123456789ab",
      },
    ],
    [{ "tiff.ImageDescription": '{"large_image_converter":{"conversion_date":1611234821.1548078,"version":"1.3.3"}}' }],
    [{ "tiff.ImageDescription": "Slide scanned at 20x with 3 levels, JPEG quality 80." }],
    [{ "ome.SizeX": "512", "ome.PhysicalSizeX": "0.25", "tiff.Software": "OME Bio-Formats 5.2.2" }],
  ])("%o is not noted", (properties) => {
    expect(fields(properties)).toEqual([]);
  });

  test("of any length is judged in a moment", () => {
    for (const text of [
      "<a ".repeat(50_000),
      "a=".repeat(50_000),
      "A1".repeat(50_000),
      '"'.repeat(50_000),
      "^a".repeat(50_000),
    ]) {
      privacyNotes({ "tiff.ImageDescription": text, "aperio.x": "1", "aperio.Title": text });
      privacyNotes({ "tiff.ImageDescription": text, "x.Title": text });
    }
  });
});

describe.skipIf(!existsSync(FOLDER))("real slides without a patient's data (needs ../shared/data/slides)", () => {
  test.each([
    "boxes.tiff",
    "camelyon-wsm.dcm",
    "cmu-1-small-region.svs",
    "grey10kx5k.tif",
    "hamamatsu-dapi.ndpi",
    "large-labelmap-15360x23552.tiff",
    "multi-channel-z-series.ome.tif",
    "multifile-Z1.ome.tiff",
    "small_la.tiff",
    "tcga-cr-7395-jpeg2000.svs",
    "yb10kx5k.zstd.tiff",
  ])("%s raises no note", async (name) => {
    const slide = await openSlideFile(resolve(FOLDER, name));
    expect(privacyNotes(slide.info.properties)).toEqual([]);
    slide.close();
  });
});
