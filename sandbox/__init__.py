"""Working stand-ins for the outside world over real HTTP and SMTP: a demo, a test and a bench need nobody else.

Nothing in the project imports this package; it knows no Django. One process serves everything:

    SANDBOX_STATE=var/sandbox SANDBOX_SMTP_PORT=2525 \\
        gunicorn --workers 1 --threads 8 --bind 127.0.0.1:8025 sandbox.wsgi:application

    SANDBOX_STATE           folder for its SQLite file (default: var/sandbox); remove it to begin anew
    SANDBOX_SMTP_PORT       port of the mail receiver on 127.0.0.1 (default: none, the mail box stays empty)
    SANDBOX_SMTP_HOST       address the receiver listens on (default: 127.0.0.1)
    SANDBOX_PUBLIC_URL      address browsers use, when it differs from the one the shop calls (containers)
    SANDBOX_EXPIRY_SECONDS  how long a buyer may take to pay (default: 900, as at the provider)
    SANDBOX_REFUND_SECONDS  how long a refund stays under way (default: 5)

    /v2/…                   the payment provider's API, any key `test_…`
    /checkout/<payment>     its hosted checkout: the buyer chooses method and outcome
    /sandbox/…              control by scripts: outcomes, chargebacks, outages, webhooks on their way
    /mail/                  the mail box, /mail/messages.json?to=… for scripts
"""
