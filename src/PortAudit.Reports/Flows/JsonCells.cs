using System.Collections.Immutable;
using System.Text.Json;
using PortAudit.Reports.Rows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Flows;

/// <summary>The values of a flow as properties of a JSON object; unknown values are null.</summary>
/// <param name="json">Writes the object.</param>
/// <param name="token">Holds one value at a time.</param>
internal ref struct JsonCells(Utf8JsonWriter json, Utf8Row token) : IFlowCells
{
    private static readonly ImmutableArray<JsonEncodedText> Names =
        [.. FlowColumns.Names.Select(name => JsonEncodedText.Encode(name))];

    private int _next;

    public void AddId(ulong id)
    {
        token.Clear();
        token.AppendHexadecimal(id);
        AddToken(token.Written);
    }

    public void AddToken(ReadOnlySpan<byte> ascii)
    {
        if (ascii.IsEmpty)
            AddUnknown();
        else
            json.WriteString(Names[_next++], ascii);
    }

    public void AddTime(long timestampNs, int captureDigits)
    {
        token.Clear();
        token.AppendTime(timestampNs, captureDigits);
        AddToken(token.Written);
    }

    public void AddAddress(IpAddress address)
    {
        token.Clear();
        token.AppendAddress(address);
        AddToken(token.Written);
    }

    public void AddVlan(VlanTags tags)
    {
        token.Clear();
        token.AppendVlan(tags);
        AddToken(token.Written);
    }

    public void AddNumber(long number) => json.WriteNumber(Names[_next++], number);

    public void AddText(string? text) => json.WriteString(Names[_next++], text);

    public void AddUnknown() => json.WriteNull(Names[_next++]);
}
