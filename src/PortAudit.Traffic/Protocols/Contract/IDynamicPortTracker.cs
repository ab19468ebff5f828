namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>
/// Follows one conversation of a control protocol, as proved by bytes, and tells which ports it announces. It may keep
/// a bounded memory of the conversation; it never throws, whatever the bytes, and allocates nothing but what an
/// announcement needs.
/// </summary>
internal interface IDynamicPortTracker
{
    /// <summary>Reads a datagram, or what of one direction of a stream is there and was not yet read.</summary>
    /// <param name="message">The bytes, who sent them, and when.</param>
    /// <param name="notes">Takes what it announces.</param>
    /// <returns> Of a stream, the bytes that are done with, from the first on: the rest is shown again when more has
    /// come; more than are there when the next ones mean nothing either. Of a datagram it does not matter. </returns>
    int Read(in ControlMessage message, AnnouncementNotes notes);

    /// <summary>Makes it as new, for another conversation.</summary>
    void Clear();
}
