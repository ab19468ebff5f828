using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>What a <see cref="FlowRecord"/> holds of every flow: each field is the property of the same name. What only some flows have is in <see cref="RareFlowFacts"/>.</summary>
internal record struct FlowFacts
{
    public ulong Id;
    public string CapturePoint;
    public int Capture;
    public long StartNs;
    public long EndNs;
    public int TimestampDigits;
    public IpProtocol Transport;
    public VlanTags Vlan;
    public Endpoint Originator;
    public Endpoint Responder;
    public DirectionBasis DirectionBasis;
    public Outcome Outcome;
    public AnswerDelay Answer;
    public string History;
    public DirectionCounters Out;
    public DirectionCounters In;
    public int SynCount;
    public string? Protocol;
    public IdentificationBasis ProtocolBasis;
    public FrameReference? ProtocolFrame;
    public int Level;
    public ushort PointIndex;
    public ushort TunnelNumber;
}
