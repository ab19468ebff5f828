using PortAudit.Audit.Saving;
using PortAudit.Traffic.Records;

namespace PortAudit.Store.Rows;

/// <summary>What of a flow has no column: the flow with every column's value taken out.</summary>
internal sealed class RemainderRow : StoreRow
{
    private readonly FlowDetails _details = new();
    private readonly byte[] _nothing;

    public RemainderRow() => _nothing = _details.Save(FlowRow.Of(this, FlowDetails.Nothing)).ToArray();

    /// <summary>The bytes; null when the columns say all.</summary>
    public byte[]? Of(FlowRecord flow)
    {
        var bytes = _details.Save(FlowRow.Of(this, flow));
        return bytes.SequenceEqual(_nothing) ? null : bytes.ToArray();
    }

    public override long Number(string column, long value) => 0;

    public override ulong Unsigned(string column, ulong value) => 0;

    public override ushort Port(string column, ushort value) => 0;

    public override string Text(string column, string value) => "";

    public override string? TextOrNull(string column, string? value) => null;

    public override T Word<T>(string column, T value, TextCode<T> code) => default!;
}
