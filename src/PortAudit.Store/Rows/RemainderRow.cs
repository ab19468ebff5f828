using PortAudit.Audit.Saving;
using PortAudit.Traffic.Records;

namespace PortAudit.Store.Rows;

/// <summary>What of a flow has no column: the flow with every column's value taken out.</summary>
internal sealed class RemainderRow : StoreRow
{
    private readonly FlowDetails _details = new();
    private readonly FlowRecord _nothing;
    private readonly byte[] _bytesOfNothing;

    public RemainderRow()
    {
        _nothing = FlowRow.Of(this, FlowDetails.Nothing);
        _bytesOfNothing = _details.Save(_nothing).ToArray();
    }

    /// <summary>The bytes; null when the columns say all.</summary>
    public byte[]? Of(FlowRecord flow)
    {
        var remainder = FlowRow.Of(this, flow);
        if (remainder == _nothing)
            return null;
        var bytes = _details.Save(remainder);
        return bytes.SequenceEqual(_bytesOfNothing) ? null : bytes.ToArray();
    }

    public override long Number(string column, long value) => 0;

    public override ulong Unsigned(string column, ulong value) => 0;

    public override ushort Port(string column, ushort value) => 0;

    public override string Text(string column, string value) => "";

    public override string? TextOrNull(string column, string? value) => null;

    public override T Word<T>(string column, T value, TextCode<T> code) => default!;
}
