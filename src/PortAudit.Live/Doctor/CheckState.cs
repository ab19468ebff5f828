namespace PortAudit.Live.Doctor;

/// <summary>What a check of the machine came to, best first.</summary>
public enum CheckState
{
    /// <summary>Live capture works as far as this is concerned.</summary>
    Ok,

    /// <summary>It works, and something is worth knowing.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Problem,
}
