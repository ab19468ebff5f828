using PortAudit.Audit.Saving;
using PortAudit.Traffic.Records;

namespace PortAudit.Store.Rows;

/// <summary>What of a flow has no column: the flow with every column's value taken out, in two parts.</summary>
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

    /// <summary>The bytes of <see cref="Columns.Details"/>; null when the columns say all.</summary>
    public byte[]? DetailsOf(FlowRecord flow) => BytesOf(FlowCourse.Without(flow));

    /// <summary>The bytes of <see cref="Columns.Course"/>; null when nothing is known of it.</summary>
    public byte[]? CourseOf(FlowRecord flow) => BytesOf(FlowCourse.With(FlowDetails.Nothing, flow));

    /// <summary>The flow of both, over which the other columns are read.</summary>
    /// <param name="details">Bytes of <see cref="Columns.Details"/>.</param>
    /// <param name="course">Bytes of <see cref="Columns.Course"/>; empty like null.</param>
    /// <param name="numbers">Where the numbers of its import begin.</param>
    /// <exception cref="InvalidDataException">They were not saved so.</exception>
    public static FlowRecord Loaded(byte[]? details, byte[]? course, ObservationNumbers numbers)
    {
        var flow = details is null ? FlowDetails.Nothing : FlowDetails.Load(details, numbers);
        return course is null or [] ? flow : FlowCourse.With(flow, FlowDetails.Load(course, numbers));
    }

    private byte[]? BytesOf(FlowRecord flow)
    {
        if (ReferenceEquals(flow, FlowDetails.Nothing))
            return null;
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
