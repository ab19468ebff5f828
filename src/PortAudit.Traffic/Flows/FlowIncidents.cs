using PortAudit.Traffic.Credentials;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>What hardly any flow has, behind its <see cref="FlowDetail"/>, whose members of these names tell what they are. It stays with the detail when that is used again.</summary>
internal sealed class FlowIncidents
{
    /// <summary><see cref="FlowDetail.ProtocolFrame"/>.</summary>
    public FrameReference ProtocolFrame;

    /// <summary><see cref="FlowDetail.ErrorType"/>.</summary>
    public byte ErrorType;

    /// <summary><see cref="FlowDetail.ErrorCode"/>.</summary>
    public byte ErrorCode;

    /// <summary><see cref="FlowDetail.ErrorSender"/>.</summary>
    public IpAddress ErrorSender;

    /// <summary><see cref="FlowDetail.ErrorFrame"/>.</summary>
    public FrameReference ErrorFrame;

    /// <summary><see cref="FlowDetail.ResetFrame"/>.</summary>
    public FrameReference ResetFrame;

    /// <summary><see cref="FlowDetail.Duplicates"/>.</summary>
    public long Duplicates;

    /// <summary><see cref="FlowDetail.CountedDuplicates"/>.</summary>
    public long CountedDuplicates;

    /// <summary><see cref="FlowDetail.Credentials"/>.</summary>
    public CredentialUse Credentials;

    /// <summary><see cref="FlowDetail.CredentialFrame"/>.</summary>
    public FrameReference CredentialFrame;

    /// <summary>True when nothing of it happened.</summary>
    public bool IsBlank => ProtocolFrame == default && ErrorFrame == default && ResetFrame == default && Duplicates == 0 && Credentials == CredentialUse.None;

    /// <summary>Makes it as new.</summary>
    public void Clear()
    {
        (ProtocolFrame, ResetFrame) = (default, default);
        (ErrorType, ErrorCode, ErrorSender, ErrorFrame) = (0, 0, default, default);
        (Duplicates, CountedDuplicates) = (0, 0);
        (Credentials, CredentialFrame) = (CredentialUse.None, default);
    }
}
