namespace PortAudit.Traffic.Protocols.Skinny;

/// <summary>Direction of a phone's media stream.</summary>
internal enum SkinnySide
{
    /// <summary>Received by the phone.</summary>
    Receives,

    /// <summary>Sent by the phone.</summary>
    Sends,
}
