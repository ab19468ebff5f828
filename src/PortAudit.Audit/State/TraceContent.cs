using PortAudit.Traffic.Records;

namespace PortAudit.Audit.State;

/// <summary>How what capture points compare of a flow is persisted.</summary>
internal static class TraceContent
{
    private static readonly TcpOpening BlankOpening = new(0, 0, null, null, false, null);

    public static FlowTrace Trace(StateArchive archive, FlowTrace? trace) =>
        new(Side(archive, trace?.Out ?? SideTrace.None), Side(archive, trace?.In ?? SideTrace.None));

    private static SideTrace Side(StateArchive archive, SideTrace own) => own with
    {
        HopLimit = archive.Octet(own.HopLimit),
        Opening = archive.Optional(own.Opening, Opening),
        StreamLength = (uint)archive.Unsigned(own.StreamLength),
        StreamStart = archive.Unsigned(own.StreamStart),
        LongStreamStart = archive.Unsigned(own.LongStreamStart),
        IsRelative = archive.Flag(own.IsRelative),
        Samples = archive.Array(own.Samples, Sample),
    };

    private static TcpOpening Opening(StateArchive archive, TcpOpening? opening)
    {
        var own = opening ?? BlankOpening;
        return own with
        {
            SequenceNumber = (uint)archive.Unsigned(own.SequenceNumber),
            TimestampNs = archive.Number(own.TimestampNs),
            MaximumSegmentSize = archive.Optional(own.MaximumSegmentSize, StateValues.Port),
            WindowScale = archive.Optional(own.WindowScale, static (archive, value) => archive.Octet(value)),
            PermitsSack = archive.Flag(own.PermitsSack),
            Clock = archive.Optional(own.Clock, static (archive, value) => (uint)archive.Unsigned(value)),
        };
    }

    private static SampledPacket Sample(StateArchive archive, SampledPacket own) => new(archive.Unsigned(own.Key),
        archive.Number(own.TimestampNs), (uint)archive.Unsigned(own.Content), (uint)archive.Unsigned(own.Number),
        archive.Flag(own.IsRepeated));
}
