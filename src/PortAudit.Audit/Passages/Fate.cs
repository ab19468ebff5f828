namespace PortAudit.Audit.Passages;

/// <summary>What a device between two capture points did with a connection.</summary>
public enum Fate
{
    /// <summary>Both points recorded it: it went through.</summary>
    Passed,

    /// <summary>It went through, with other addresses or ports on the other side.</summary>
    Translated,

    /// <summary>The device ended it and opened another: a proxy, or a SYN proxy.</summary>
    Proxied,

    /// <summary>The device answered instead of the responder, and nothing was forwarded.</summary>
    Answered,

    /// <summary>It went through, and the device ended it with a reset.</summary>
    Reset,

    /// <summary>The device refused it, with a reset or an ICMP error.</summary>
    Rejected,

    /// <summary>It came to the device, and nothing of it, or no more of it, came out.</summary>
    Dropped,

    /// <summary>One point recorded it, and what became of it is not proved.</summary>
    NotProved,

    /// <summary>One point recorded it, and nothing says that its way leads through the device.</summary>
    NotOnTheWay,
}

/// <summary>The words of <see cref="Fate"/>.</summary>
public static class FateText
{
    /// <summary>The word in machine-readable output.</summary>
    public static string ToText(this Fate fate) => fate switch
    {
        Fate.Passed => "passed",
        Fate.Translated => "translated",
        Fate.Proxied => "proxied",
        Fate.Answered => "answered-by-device",
        Fate.Reset => "reset-by-device",
        Fate.Rejected => "rejected-by-device",
        Fate.Dropped => "dropped",
        Fate.NotProved => "not-proved",
        Fate.NotOnTheWay => "not-on-the-way",
    };

    /// <summary>What it means, in one clause.</summary>
    public static string ToClause(this Fate fate) => fate switch
    {
        Fate.Passed => "recorded on both sides, unchanged",
        Fate.Translated => "recorded on both sides, with other addresses or ports",
        Fate.Proxied => "ended at the device, which opened another connection",
        Fate.Answered => "answered by the device instead of the server",
        Fate.Reset => "went through, then ended by a reset of the device",
        Fate.Rejected => "refused by the device",
        Fate.Dropped => "reached the device and did not leave it",
        Fate.NotProved => "recorded on one side; what became of it is not proved",
        Fate.NotOnTheWay => "recorded on one side; nothing says that it goes through the device",
    };
}
