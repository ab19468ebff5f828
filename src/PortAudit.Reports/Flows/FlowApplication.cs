using PortAudit.Traffic.Announcements;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Identification;

namespace PortAudit.Reports.Flows;

/// <summary>What a conversation carried, and within what: what the columns from <c>protocol</c> to <c>started_as</c> are made of, in a list whose captures keep their paths.</summary>
/// <param name="flow">The flow.</param>
internal readonly struct FlowApplication(FlowRecord flow) : IFlowTrait<FlowApplication>
{
    private readonly string? _protocol = flow.Protocol;
    private readonly string? _service = flow.Service;
    private readonly AnnouncementMatch? _announcement = flow.Announcement;
    private readonly string? _tunnel = flow.Tunnel;
    private readonly string? _startedAs = flow.StartedAs;
    private readonly ulong _parentId = flow.ParentId;
    private readonly int _capture = flow.Capture;
    private readonly int _level = flow.Level;
    private readonly IdentificationBasis _protocolBasis = flow.ProtocolBasis;
    private readonly IdentificationBasis _serviceBasis = flow.ServiceBasis;

    /// <inheritdoc />
    public static FlowApplication Of(FlowRecord flow) => new(flow);

    /// <inheritdoc />
    public static uint HashOf(FlowRecord flow) => CsvTexts.HashOf(flow.Protocol) + (uint)flow.ProtocolBasis;

    /// <inheritdoc />
    public static void Write<TCells>(in FlowRow row, ref TCells cells)
        where TCells : IFlowCells, allows ref struct
    {
        var flow = row.Flow;
        cells.AddText(flow.Protocol);
        cells.AddText(flow.ProtocolBasis.ToText());
        cells.AddText(flow.Service);
        cells.AddText(flow.ServiceBasis.ToText());
        cells.AddText(flow.Announcement is null ? null : AnnouncementText.Of(flow.Announcement, row.CapturePaths));

        cells.AddText(row.CapturePaths[flow.Capture]);
        cells.AddNumber(flow.Level);
        cells.AddText(flow.Tunnel);
        if (flow.ParentId != 0)
            cells.AddId(flow.ParentId);
        else
            cells.AddUnknown();
        cells.AddText(flow.StartedAs);
    }

    /// <inheritdoc />
    public static CsvStretches<FlowApplication> KeptIn(CsvTexts texts) => texts.Applications;

    /// <inheritdoc />
    public bool IsOf(FlowRecord flow) => ReferenceEquals(_protocol, flow.Protocol) && _protocolBasis == flow.ProtocolBasis
        && ReferenceEquals(_service, flow.Service) && _serviceBasis == flow.ServiceBasis && ReferenceEquals(_announcement, flow.Announcement)
        && _capture == flow.Capture && _level == flow.Level && ReferenceEquals(_tunnel, flow.Tunnel) && _parentId == flow.ParentId && ReferenceEquals(_startedAs, flow.StartedAs);
}
