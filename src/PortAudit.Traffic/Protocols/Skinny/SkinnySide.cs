namespace PortAudit.Traffic.Protocols.Skinny;

/// <summary>Which of a phone's two streams of one medium a message is about.</summary>
internal enum SkinnySide
{
    /// <summary>The one that it receives.</summary>
    Receives,

    /// <summary>The one that it sends.</summary>
    Sends,
}
