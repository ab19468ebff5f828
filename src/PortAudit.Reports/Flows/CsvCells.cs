using PortAudit.Reports.Rows;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Flows;

/// <summary>
/// The values of a flow as fields of CSV (RFC 4180), each with a comma behind it; unknown values are empty.
/// </summary>
internal readonly ref struct CsvCells(Utf8Row row) : IFlowCells
{
    /// <summary>Ends the record: a line end (RFC 4180 §2.1) replaces the last comma.</summary>
    public void End()
    {
        row.CutTo(row.Length - 1);
        row.Append("\r\n"u8);
    }

    public void AddId(ulong id)
    {
        row.AppendHexadecimal(id);
        EndField();
    }

    public void AddToken(ReadOnlySpan<byte> ascii)
    {
        row.Append(ascii);
        EndField();
    }

    public void AddTime(long timestampNs, int captureDigits)
    {
        row.AppendTime(timestampNs, captureDigits);
        EndField();
    }

    public void AddAddress(IpAddress address)
    {
        row.AppendAddress(address);
        EndField();
    }

    public void AddVlan(VlanTags tags)
    {
        row.AppendVlan(tags);
        EndField();
    }

    public void AddNumber(long number)
    {
        row.AppendNumber(number);
        EndField();
    }

    public void AddText(string? text)
    {
        if (!string.IsNullOrEmpty(text))
            row.Append(CsvLine.Field(text));
        EndField();
    }

    public void AddUnknown() => EndField();

    private void EndField() => row.Append((byte)',');
}
